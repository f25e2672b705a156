"""The story of files that mean harm, or are something else: a sentence for each, nothing kept, and Baton answers meanwhile."""

import zipfile
from io import BytesIO

import pytest

from bench.processes import peak
from bot.rules.metrics.importing.imports import ImportKind, ImportState
from storage.metrics import facts, imports
from tests import cast
from tests.scan import Scan
from tests.scenarios.real_numbers import PATIENCE
from tests.scenarios.stage import Stage
from tests.spreadsheets.made import SHEET, with_part, workbook
from tests.spreadsheets.test_hostile import million_columns_without_their_names
from tests.written import log_written

CELL = "Nachtigall77Соловей"
OTHER_ARCHIVE = "notes.txt"
EMPTY_ROWS = 10_000
MODEST = 60  # MB: what the sandbox and the bot of the story hold of the files themselves is in it


def an_archive() -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(OTHER_ARCHIVE, CELL)
    return data.getvalue()


def hostile() -> dict[str, tuple[bytes, str]]:
    """Each file, and what has to be said of it."""
    too_much, too_wide = (
        "This workbook holds far more than one list.",
        "Row 2 has more than 200 columns.",
    )
    no_text = "This file is neither a workbook nor text."
    return {
        "bomb.xlsx": (with_part(workbook([CELL]), SHEET, bytes(30_000_000)), too_much),
        "wide.xlsx": (million_columns_without_their_names(), too_wide),
        "wide.csv": (f"Agent,Calls\n{CELL},".encode() + b"1," * 1_000_000, too_wide),
        "binary.csv": (CELL.encode() + bytes(range(256)) * 50, no_text),
        "empty.csv": (b"", "This file is empty."),
        "rows.csv": (b",,,\n" * EMPTY_ROWS, "This file is empty."),
        "renamed.xlsx": (an_archive(), "This file is packed."),
        "page.csv": (b"%PDF-1.7\n" + CELL.encode(), "This is a PDF"),
        "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000), "is not a workbook that Baton can read"),
    }  # fmt: skip


async def test_each_gets_a_sentence_and_nothing_of_it_stays(stage: Stage) -> None:
    bob, files, scan = stage.person("bob"), hostile(), Scan([CELL])
    ids = [await bob.uploads(name, body) for name, (body, _said) in files.items()]
    before = peak()
    with log_written("debug", "json") as log:
        await bob.says(bob.dm_room, "", files=tuple(ids))
        await bob.slash("/metrics", channel="billing")
        assert "There are no numbers yet." in bob.ephemerals[-1].words
        for name, (_body, said) in files.items():
            card = await bob.dm_room.wait_for(text=name, within=PATIENCE)
            await stage.slack.until(lambda: said in card.words, PATIENCE, f"{name}: {said}")  # noqa: B023
            assert CELL not in card.words
        scan.look_at_texts("the log", [log.getvalue()])
    assert peak() < before + MODEST
    await scan.look_into(stage.baton.db)
    assert scan.found == []
    async with stage.baton.db.read(cast.WORKSPACE) as tx:
        held = [one for one in await imports.latest(tx, most=50) if one.kind is ImportKind.FILE]
        assert [one.state for one in held] == [ImportState.REFUSED] * len(files)
        assert not any([await facts.days_of(tx, one.number) for one in held])


@pytest.mark.soak
async def test_what_is_dangerous_elsewhere_is_only_read_here(stage: Stage) -> None:
    """A formula is nothing that Baton works out, and macros are left where they are."""
    bob = stage.person("bob")
    lines: list[list[object]] = [
        ["Agent", "Date", "Calls"],
        ["=cmd|' /C calc'!A0", "2026-02-02", 3],
    ]
    body = with_part(workbook(*lines), "xl/vbaProject.bin", bytes(1_000))
    await bob.says(bob.dm_room, "", files=(await bob.uploads("macros.xlsm", body),))
    card = await bob.dm_room.wait_for(text="macros.xlsm")
    await stage.slack.until(lambda: "Change columns" in card.buttons, PATIENCE, "what it is")
    assert "1 formula has no value in the file and counts as empty." in card.words
    assert "calc" not in card.words
