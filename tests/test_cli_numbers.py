"""`baton import metrics`, as an operator types it: tried, refused for a wrong line, taken without it, and taken once."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.errors import CannotStart
from bot.importing.numbers import Typed, import_numbers
from storage.database import Database
from tests.cast import BILLING, WORKSPACE
from tests.clock import MovableClock
from tests.conftest import KEYS
from tests.patience import PATIENT
from tests.services.floor import furnish
from tests.services.metrics.importing.exports import CALLS, numbers_of
from tests.test_cli_exports import settings


@pytest.fixture
async def url(sqlite_url: str) -> str:
    db = Database(sqlite_url, PATIENT, keys=KEYS)
    await furnish(db)
    await db.close()
    return make_url(sqlite_url).render_as_string(hide_password=False)


async def test_a_file_is_taken_whole_or_without_what_is_wrong_and_only_once(
    tmp_path: Path, url: str
) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(CALLS)
    told: list[str] = []

    async def take(*, is_trial: bool = False, without_rejected: bool = False) -> bool:
        told.clear()
        typed = Typed(file, "billing", "", is_trial, without_rejected, WORKSPACE)
        return await import_numbers(settings(url), typed, MovableClock(), told.append)

    assert not await take(is_trial=True)
    assert "Agent: team member" in told
    assert "Row 5, Speed of answer in seconds: This is not a length of time." in told
    assert not await take()
    assert told[-1] == "Nothing was imported. `--without-rejected` imports the good lines."
    assert await take(without_rejected=True)
    assert told[-1] == "3 lines count."
    with pytest.raises(CannotStart, match="in the numbers already"):
        await take()
    db = Database(url, PATIENT, keys=KEYS)
    assert await numbers_of(db, "contacts", team_id=BILLING) == 3
    await db.close()


async def test_what_would_be_asked_in_slack_is_said_with_the_answer_that_was_taken(
    tmp_path: Path, url: str
) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("Call Id,Call Date,Wait Time\n1,03/04/2024,95\n2,05/04/2024,12\n")
    told: list[str] = []
    typed = Typed(file, "billing", is_trial=True, workspace=WORKSPACE)
    await import_numbers(settings(url), typed, MovableClock(), told.append)
    assert (
        "“Call Date”: which comes first, the day or the month? Taken for: day first: 31/12" in told
    )
    assert "“Wait Time”: what does a number count? Taken for: seconds" in told


async def test_a_team_or_a_zone_that_nobody_knows_is_said_at_once(tmp_path: Path, url: str) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(CALLS)
    for typed, words in (
        (Typed(file, "Nowhere", workspace=WORKSPACE), "no team called Nowhere"),
        (Typed(file, "Billing", "Mars/Base", workspace=WORKSPACE), "is no time zone"),
        (Typed(tmp_path / "gone.csv", "Billing", workspace=WORKSPACE), "cannot be read"),
    ):
        with pytest.raises(CannotStart, match=words):
            await import_numbers(settings(url), typed, MovableClock(), print)
