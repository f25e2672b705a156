"""`baton tokens`, as an operator types it: with a named admin's rights, the token once, and all admins hear of it."""

from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from bot import tokening
from bot.errors import CannotStart
from bot.rules.metrics.program.programs import ProgramDraft
from bot.services.metrics.program import tokens
from bot.tokening import Typed
from storage.database import Database
from storage.outbox import OutboxRow
from tests.cast import ADA, ALICE, BOB, WORKSPACE
from tests.clock import MovableClock
from tests.conftest import KEYS
from tests.patience import PATIENT
from tests.services.floor import furnish
from tests.test_cli import NOWHERE, TOKENS, baton
from tests.test_cli_exports import KEY, settings

DRAFT = ProgramDraft("Dialler <1>", "Phones")
BY_ADA = Typed(ADA.id, WORKSPACE)


@pytest.fixture
async def url(sqlite_url: str) -> str:
    db = Database(sqlite_url, PATIENT, keys=KEYS)
    await furnish(db)
    await db.close()
    return make_url(sqlite_url).render_as_string(hide_password=False)


async def said(url: str) -> list[tuple[str, str]]:
    """Who is told what, in the order of time."""
    db = Database(url, PATIENT, keys=KEYS)
    async with db.read(WORKSPACE) as tx:
        rows = await tx.scalars(select(OutboxRow).order_by(OutboxRow.lane, OutboxRow.seq))
        found = [(row.channel, row.words or "") for row in rows]
    await db.close()
    return found


async def test_a_token_is_made_listed_and_taken_back(url: str) -> None:
    made = await tokening.make(settings(url), BY_ADA, DRAFT, "billing", MovableClock())
    db = Database(url, PATIENT, keys=KEYS)
    assert await tokens.let_in(db, made.token) == made.program
    [seen] = await tokening.list_all(settings(url), BY_ADA)
    assert (seen.program, seen.team, seen.program.by) == (made.program, "Billing", ADA.id)
    await tokening.revoke(settings(url), BY_ADA, made.program.id, MovableClock())
    assert await tokens.let_in(db, made.token) is None
    await db.close()
    assert await tokening.list_all(settings(url), BY_ADA) == []
    told = await said(url)
    assert [who for who, _words in told] == [ADA.id, ADA.id]
    assert "a token was made in the name of <@U0ADA>: *Dialler &lt;1&gt;* can" in told[0][1]
    assert "a token was taken back" in told[1][1]
    assert made.token not in str(told)


@pytest.mark.parametrize(
    ("who", "team", "words"),
    [
        (BOB.id, "Billing", "Only Baton's admins"),
        ("@alice", "Billing", "Only Baton's admins"),
        ("nobody at all", "Billing", "nobody at all"),
        (ADA.id, "Nowhere", "no team called Nowhere"),
    ],
)
async def test_nobody_is_let_in_without_an_admin_and_a_team(
    url: str, who: str, team: str, words: str
) -> None:
    with pytest.raises(CannotStart, match=words):
        await tokening.make(settings(url), Typed(who, WORKSPACE), DRAFT, team, MovableClock())
    assert await said(url) == []
    assert await tokening.list_all(settings(url), BY_ADA) == []


async def test_what_is_wrong_is_one_line(url: str) -> None:
    ours = ProgramDraft("Dialler", "Baton")
    with pytest.raises(CannotStart, match="for what Baton counts itself"):
        await tokening.make(settings(url), BY_ADA, ours, "Billing", MovableClock())
    with pytest.raises(CannotStart, match="does not work any more"):
        await tokening.revoke(settings(url), BY_ADA, "gone", MovableClock())
    with pytest.raises(CannotStart, match="Only Baton's admins"):
        await tokening.list_all(settings(url), Typed(ALICE.id, WORKSPACE))


async def test_the_token_alone_is_on_standard_output(tmp_path: Path, url: str) -> None:
    """So that it can be led into a file or a safe without being seen."""
    given = TOKENS | NOWHERE | {"DATABASE_URL": url, "ENCRYPTION_KEYS": KEY}
    what = ("--name", "Dialler", "--feed", "Phones", "--team", "Billing")
    as_ada = ("--as", ADA.id, "--workspace", WORKSPACE)
    done = await baton(tmp_path, "tokens", "new", *as_ada, *what, **given)
    assert (done.code, done.out.count("\n")) == (0, 1)
    assert "shown this once" in done.error
    db = Database(url, PATIENT, keys=KEYS)
    assert await tokens.let_in(db, done.out.strip())
    await db.close()
