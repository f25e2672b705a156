"""What counts as written by a person in their own conversation with Baton, and that none of it gets into the log."""

from logging import DEBUG
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.rules.standups import SeatState
from bot.text import Text
from handlers.request import Json, Request
from handlers.standups.answering import AnsweringHandlers
from storage.database import Database
from tests import casebook
from tests.cast import ALICE, NOON
from tests.standups import round_of, seat_of


async def whisper(text: str, blocks: list[Json] | None = None) -> None:
    raise AssertionError("A reply is answered by a message.")


async def hears(db: Database, **event: Any) -> None:
    typed = {"type": "message", "channel_type": "im", "user": ALICE.id, "text": "2. Quokkas"}
    body = {"event": typed | event}
    request = Request(body, ALICE, "event:1", NOON, AsyncWebClient(), whisper, Text())
    await AnsweringHandlers(db).hear(request)


@pytest.mark.parametrize(
    ("event", "state"),
    [
        ({}, SeatState.ANSWERED),
        ({"subtype": "file_share"}, SeatState.ANSWERED),
        ({"subtype": "thread_broadcast"}, SeatState.ANSWERED),
        ({"bot_id": "B0OTHER"}, SeatState.ASKED),
        ({"subtype": "bot_message"}, SeatState.ASKED),
        ({"subtype": "message_changed", "message": {"text": "2. Quokkas"}}, SeatState.ASKED),
        ({"subtype": "message_deleted"}, SeatState.ASKED),
        ({"text": ""}, SeatState.ASKED),
    ],
)
async def test_only_what_a_person_wrote_is_an_answer(
    db: Database, event: dict[str, Any], state: SeatState, caplog: pytest.LogCaptureFixture
) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    with caplog.at_level(DEBUG, "handlers"), caplog.at_level(DEBUG, "bot"):
        await hears(db, **event)
    assert (await seat_of(db, one)).state is state
    assert "Quokkas" not in caplog.text
    said = await casebook.said(db, ALICE.id)
    assert bool(said) is (state is SeatState.ANSWERED)
