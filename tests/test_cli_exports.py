"""`baton export`, as an operator types it: with a named person's rights, kept like any export, and nothing replaced."""

import base64
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import make_url, select

from bot.errors import CannotStart
from bot.exporting import Typed, export
from bot.rules.coaching import Kind, State, Visibility
from bot.rules.reports import About
from bot.settings import Settings
from storage.coaching.rows import LookRow
from storage.database import Database
from storage.exports import ExportRow
from tests import notes
from tests.cast import ADA, ALICE, BOB, CHARLIE, MARA, NOBODY, OLGA, WORKSPACE
from tests.clock import MovableClock
from tests.conftest import KEYS
from tests.patience import PATIENT
from tests.services.floor import furnish
from tests.test_cli import NOWHERE, TOKENS, baton

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
DAYS = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
async def url(sqlite_url: str) -> str:
    """Bob's notes about Alice: one for her, one for the managers too, and one that nobody else knows of."""
    db = Database(sqlite_url, PATIENT, keys=KEYS)
    await furnish(db)
    await notes.keep(db, State.SHARED, id="for Alice", kind=Kind.REVIEW)
    await notes.keep(db, State.SHARED, id="for the chain", visibility=Visibility.CHAIN)
    await notes.keep(db, id="private", visibility=Visibility.PRIVATE)
    await db.close()
    return make_url(sqlite_url).render_as_string(hide_password=False)


def settings(url: str) -> Settings:
    given = {name.lower(): value for name, value in TOKENS.items()}
    return Settings.model_validate(given | {"database_url": url, "encryption_keys": KEY})


async def make(url: str, out: Path, who: str = BOB.name, **more: Any) -> int:
    typed = Typed(About.COACHING, who, *DAYS, out, workspace=WORKSPACE)
    told: list[str] = []
    return await export(settings(url), replace(typed, **more), MovableClock(), told.append)


def agents(out: Path) -> list[object]:
    return [row[1] for row in load_workbook(out)["Notes"].iter_rows(min_row=2, values_only=True)]


async def test_an_operator_gets_what_the_named_person_may_have(tmp_path: Path, url: str) -> None:
    given = TOKENS | NOWHERE | {"DATABASE_URL": url, "ENCRYPTION_KEYS": KEY}
    days = ("--from", "2026-03-01", "--to", "2026-03-31")
    asked = ("export", "coaching", *days, "--workspace", WORKSPACE, "--out")
    done = await baton(tmp_path, *asked, "bob.xlsx", "--as", "@bob", **given)
    assert (done.code, done.out, done.error) == (0, "Done: 2 in bob.xlsx\n", "")
    assert agents(tmp_path / "bob.xlsx") == ["Alice", "Alice"]
    assert (tmp_path / "bob.xlsx").stat().st_mode & 0o077 == 0


async def test_what_is_exported_is_kept_as_that_persons_export(tmp_path: Path, url: str) -> None:
    assert await make(url, tmp_path / "mara.xlsx", MARA.id) == 1
    db = Database(url, PATIENT, keys=KEYS)
    async with db.read(WORKSPACE) as tx:
        kept = (await tx.scalars(select(ExportRow))).one()
        look = (await tx.scalars(select(LookRow))).one()
    await db.close()
    assert (kept.asked_by, kept.state, kept.trouble) == (MARA.id, "made", None)
    assert (look.person_id, look.note_id, look.export_id) == (MARA.id, "for the chain", kept.id)
    about = load_workbook(tmp_path / "mara.xlsx")["About"]
    assert "command line" in str(about["B5"].value)


async def test_it_can_be_narrowed_to_a_kind_and_a_team(tmp_path: Path, url: str) -> None:
    assert await make(url, tmp_path / "1.xlsx", kinds=("review",), team="billing") == 1
    with pytest.raises(CannotStart, match="no team called Nowhere"):
        await make(url, tmp_path / "2.xlsx", team="Nowhere")
    with pytest.raises(CannotStart, match="there is no coaching note"):
        await make(url, tmp_path / "2.xlsx", team="Shipping")


@pytest.mark.parametrize("who", [OLGA.id, ADA.id, "nobody at all", "U0ROBOT", "U0LEFT"])
async def test_who_may_have_nothing_gets_nothing(tmp_path: Path, url: str, who: str) -> None:
    with pytest.raises(CannotStart, match=r"no coaching note|knows nobody"):
        await make(url, tmp_path / "none.xlsx", who)
    assert not (tmp_path / "none.xlsx").exists()


async def test_what_is_there_is_not_replaced(tmp_path: Path, url: str) -> None:
    (tmp_path / "mine.xlsx").write_text("mine")
    with pytest.raises(CannotStart, match="is there already"):
        await make(url, tmp_path / "mine.xlsx")
    with pytest.raises(CannotStart, match="cannot be written"):
        await make(url, tmp_path / "nowhere" / "mine.xlsx")
    with pytest.raises(CannotStart, match="before the first"):
        await make(url, tmp_path / "new.xlsx", last=DAYS[0] - timedelta(days=1))
    for workspace, told in (("T0NONE", "not in the workspace"), ("", "in several workspaces")):
        with pytest.raises(CannotStart, match=told):
            await make(url, tmp_path / "new.xlsx", workspace=workspace)


async def test_kudos_come_the_same_way(tmp_path: Path, url: str) -> None:
    with pytest.raises(CannotStart, match="leads and managers"):
        await make(url, tmp_path / "alice.xlsx", ALICE.id, about=About.KUDOS)
    assert await make(url, tmp_path / "bob.xlsx", about=About.KUDOS) == 0
    assert await make(url, tmp_path / "charlie.xlsx", CHARLIE.id, about=About.KUDOS) == 0


async def test_numbers_come_the_same_way(tmp_path: Path, url: str) -> None:
    with pytest.raises(CannotStart, match="in no team yet"):
        await make(url, tmp_path / "none.xlsx", NOBODY.id, about=About.METRICS)
    with pytest.raises(CannotStart, match="There is no metric “csatt”"):
        await make(url, tmp_path / "none.xlsx", about=About.METRICS, kinds=("csatt",))
    given = TOKENS | NOWHERE | {"DATABASE_URL": url, "ENCRYPTION_KEYS": KEY}
    days = ("--from", "2026-03-01", "--to", "2026-03-31", "--metric", "csat")
    asked = ("export", "metrics", *days, "--workspace", WORKSPACE, "--out")
    done = await baton(tmp_path, *asked, "bob.xlsx", "--as", "@bob", **given)
    assert (done.code, done.out, done.error) == (0, "Done: 0 in bob.xlsx\n", "")
    assert "Totals" in load_workbook(tmp_path / "bob.xlsx").sheetnames
