"""What counts as a file with numbers in the conversation with Baton, and what stays for others to hear."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.people import Person
from bot.rules.metrics.importing.cells.moments import Order
from bot.services.metrics.importing import deciding, seen
from bot.text import Text
from handlers.metrics.importing import Importing
from handlers.request import Json, Request
from storage.database import Database
from storage.metrics import imports
from tests import casebook
from tests.cast import ADA, ALICE, BOB, NOON, SHIPPING, WORKSPACE
from tests.services.metrics.importing.exports import Desk

CSV = {"id": "F1", "name": "calls.csv", "filetype": "csv"}
BOOK = {"id": "F2", "name": "Calls.XLSX"}
OLD = {"id": "F3", "name": "calls.xls"}
PICTURE = {"id": "F4", "name": "desk.png", "filetype": "png"}


async def whisper(text: str, blocks: list[Json] | None = None) -> None:
    raise AssertionError("A message is answered by a message.")


@dataclass
class Others:
    """Who hears what is no file with numbers."""

    heard: list[Request] = field(default_factory=list)

    async def hear(self, request: Request) -> None:
        self.heard.append(request)


async def hears(db: Database, person: Person = BOB, **event: Any) -> tuple[list[str], int]:
    """The files that are taken, and how much is left to others."""
    typed = {"type": "message", "channel_type": "im", "user": person.id, "text": ""}
    request = Request(
        {"event": typed | event}, person, "event:1", NOON, AsyncWebClient(), whisper, Text()
    )
    others = Others()
    await Importing(db, others.hear).hear(request)
    async with db.read(WORKSPACE) as tx:
        taken = await imports.latest(tx, most=9)
    return sorted(one.file_id for one in taken), len(others.heard)


@pytest.mark.parametrize(
    ("event", "taken", "left"),
    [
        ({"subtype": "file_share", "files": [CSV]}, ["F1"], 0),
        ({"subtype": "file_share", "files": [CSV, BOOK, PICTURE]}, ["F1", "F2"], 0),
        ({"subtype": "file_share", "files": [CSV], "text": "1. Refunds"}, ["F1"], 0),
        ({"subtype": "file_share", "files": [CSV], "thread_ts": "1.1"}, ["F1"], 0),
        ({"subtype": "file_share", "files": [OLD]}, ["F3"], 0),
        ({"subtype": "file_share", "files": [PICTURE]}, [], 0),
        ({"subtype": "file_share", "files": [PICTURE], "text": "1. Refunds"}, [], 1),
        ({"subtype": "file_share", "files": [PICTURE], "thread_ts": "1.1"}, [], 1),
        ({"text": "1. Refunds"}, [], 1),
        ({"subtype": "message_changed", "message": {"files": [CSV]}}, [], 1),
        ({"subtype": "file_share", "files": [CSV], "bot_id": "B0OTHER"}, [], 1),
    ],
)
async def test_a_table_is_taken_and_the_rest_is_for_others(
    db: Database, event: dict[str, Any], taken: list[str], left: int
) -> None:
    await casebook.set_up(db)
    assert await hears(db, **event) == (taken, left)


async def test_what_is_no_table_gets_a_kind_sentence(db: Database) -> None:
    await casebook.set_up(db)
    await hears(db, subtype="file_share", files=[PICTURE])
    [said] = await casebook.said(db, BOB.id)
    assert "I can only read tables" in said


async def test_who_may_not_is_told_so_and_nothing_is_taken(db: Database) -> None:
    await casebook.set_up(db)
    assert await hears(db, ALICE, subtype="file_share", files=[CSV]) == ([], 0)
    [said] = await casebook.said(db, ALICE.id)
    assert "leads and managers of a team" in said


DATES = "Date;Agent;Calls\n03/04/2026;Ann;5\n05/06/2026;Ann;7\n"


async def clicks(
    db: Database, person: Person, handler: str, action: Json, view: Json | None = None
) -> None:
    body = {"actions": [action], "view": view or {}}
    request = Request(body, person, f"click:{action}", NOON, AsyncWebClient(), whisper, Text())
    await getattr(Importing(db, None), handler)(request)


async def test_the_cards_selects_say_which_import_and_which_question(db: Database) -> None:
    await casebook.set_up(db)
    desk = Desk(db, ADA)
    shown = await desk.shows(DATES)
    drawn = await _card(db, shown.id)
    [team] = [one for one in drawn if str(one.get("block_id")).startswith("team:")]
    [asked] = [one for one in drawn if str(one.get("block_id")).startswith("ask:")][:1]
    for block, handler, choice in ((team, "choose_team", SHIPPING), (asked, "answer", "mdy")):
        element = block["accessory"]
        action = {
            "block_id": block["block_id"],
            "action_id": element["action_id"],
            "selected_option": {"value": choice},
        }
        await clicks(db, ADA, handler, action)
    found = await deciding.open_form(db, ADA, shown.id)
    assert found.is_ready
    assert found.import_.team_id == SHIPPING
    assert found.decided
    assert found.decided.mapping.columns[0].style.order is Order.MONTH_FIRST


async def _card(db: Database, import_id: str) -> list[Json]:
    async with db.read(WORKSPACE) as tx:
        drawn = await seen.draw(tx, import_id, "")
    assert drawn
    return list(drawn.blocks or [])
