"""`baton import metrics`, as an operator types it: tried, refused for a wrong line, taken without it, and taken once."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.errors import CannotStart
from bot.importing.numbers import Ended, Typed, import_numbers
from bot.services.metrics.store import numbers
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

    async def take(*, is_trial: bool = False, without_rejected: bool = False) -> Ended:
        told.clear()
        typed = Typed(file, "billing", "", is_trial, without_rejected, WORKSPACE)
        return await import_numbers(settings(url), typed, MovableClock(), told.append)

    assert await take(is_trial=True) is Ended.NOT
    assert "Agent: team member" in told
    assert "Row 5, Speed of answer in seconds: This is not a length of time." in told
    assert await take() is Ended.NOT
    assert told[-1] == "Nothing was imported. `--without-rejected` imports the good lines."
    assert await take(without_rejected=True) is Ended.WELL
    assert told[-1] == "3 lines count."
    with pytest.raises(CannotStart, match="in the numbers already"):
        await take()
    db = Database(url, PATIENT, keys=KEYS)
    assert await numbers_of(db, "contacts", team_id=BILLING) == 3
    await db.close()


OPEN = "Call Id,Call Date,Wait Time,Talk Time\n1,03/04/2024,95,120\n2,05/04/2024,12,0:02:10\n"


async def test_with_an_open_question_nothing_is_imported_and_it_says_how_to_answer(
    tmp_path: Path, url: str
) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(OPEN)
    told: list[str] = []

    async def take(*answers: str, is_yes: bool = False) -> Ended:
        told.clear()
        typed = Typed(file, "billing", workspace=WORKSPACE, answers=answers, is_yes=is_yes)
        return await import_numbers(settings(url), typed, MovableClock(), told.append)

    assert await take() is Ended.ASKING
    assert "“Call Date”: which comes first, the day or the month?" in told
    assert any(one.startswith("  --answer dates=month-first   ") for one in told)
    assert any(one.startswith("  --answer unit=minutes   ") for one in told)
    assert await take("dates=month-first") is Ended.ASKING
    assert "“Call Date”: which comes first, the day or the month? Taken for: month first: 12/31" in told  # fmt: skip
    for wrong, words in (
        ("dates=sideways", "Choose one of: day-first, month-first"),
        ("colour=red", "there is no such question"),
    ):
        with pytest.raises(CannotStart, match=words):
            await take(wrong)
    db = Database(url, keys=KEYS)
    assert await numbers_of(db, "contacts", team_id=BILLING) == 0
    assert await take("dates=month-first", is_yes=True) is Ended.WELL
    async with db.read(WORKSPACE) as tx:
        rows = await numbers.read(tx, [BILLING], date(2024, 1, 1), date(2024, 12, 31))
    assert {row.day for row in rows} == {date(2024, 3, 4), date(2024, 5, 4)}
    await db.close()


async def test_a_file_without_a_date_needs_one(tmp_path: Path, url: str) -> None:
    file = tmp_path / "agents March 2026.csv"
    file.write_text("Agent,Calls\nAnn,7\nBo,8\n")
    told: list[str] = []

    async def take(day: str, text: str = "") -> Ended:
        told.clear()
        if text:
            file.write_text(text)
        typed = Typed(file, "billing", workspace=WORKSPACE, date=day)
        return await import_numbers(settings(url), typed, MovableClock(), told.append)

    assert await take("") is Ended.ASKING
    assert "  --date 2026-03-31" in told
    with pytest.raises(CannotStart, match="is no day"):
        await take("March")
    assert await take("2026-03-30") is Ended.WELL
    assert "Everything in this file counts on Mar 30, 2026." in told
    with pytest.raises(CannotStart, match="“Date”"):
        await take("2026-03-30", "Date,Agent,Calls\n2026-03-02,Ann,7\n")


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
