"""What somebody types after `/kudos` is read as they mean it, and refused in their own words and language."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.rules.kudos import Via
from bot.text import Text
from bot.views.kudos import form
from handlers.kudos.giving import Giving, as_typed, draft_of
from handlers.kudos.reacting import reaction_of
from handlers.request import Json, Reply, Request
from storage.database import Database
from tests.cast import ALICE, BEN, NOON
from tests.services.floor import furnish
from tests.services.kudos.acting import REASON, count, settle_on

ENGLISH = Text("en-US", "Europe/Berlin")
GREEK = Text("el-GR", "Europe/Athens")


@pytest.fixture
async def db(sqlite: Database) -> Database:
    await furnish(sqlite)
    return sqlite


@pytest.mark.parametrize(
    ("typed", "receivers", "reason"),
    [
        ("<@U1|anna> helped me", ("U1",), "helped me"),
        ("<@U1> <@U2|ben> helped me", ("U1", "U2"), "helped me"),
        ("<@U1|anna>, <@U2|ben>,<@U1|anna> helped", ("U1", "U2"), "helped"),
        ("<@U1|anna> helped <@U2|ben> &amp; me", ("U1",), "helped ben & me"),
        ("<@U1|anna>", ("U1",), ""),
        ("<@U1|anna>\nhelped\nme", ("U1",), "helped\nme"),
        ("helped <@U1|anna>", (), "helped anna"),
    ],
)
def test_whoever_is_named_first_is_thanked(
    typed: str, receivers: tuple[str, ...], reason: str
) -> None:
    draft = draft_of(typed)
    assert (draft.receivers, draft.reason, draft.via) == (receivers, reason, Via.COMMAND)
    assert draft.id
    assert draft.is_public


def test_what_was_typed_can_be_typed_again() -> None:
    assert as_typed("<@U1|anna> &lt;3 helped <@U2|ben>") == "@anna <3 helped @ben"


async def answered(db: Database, words: str, t: Text = ENGLISH) -> Reply:
    async def whisper(text: str, blocks: list[Json] | None = None) -> None:
        raise AssertionError(text)

    request = Request({"text": words}, ALICE, "k", NOON, AsyncWebClient(), whisper, t)
    return await Giving(db).answer(request)


async def test_a_refusal_is_in_the_readers_language_and_repeats_their_words(db: Database) -> None:
    reply = await answered(db, f"<@{ALICE.id}|alice> thx", GREEK)
    assert "Δεν γίνεται να ευχαριστήσετε τον εαυτό σας" in reply.text
    assert "τουλάχιστον 3 λέξεις" in reply.text
    assert "`/kudos @alice thx`" in reply.text
    assert not reply.blocks


async def test_an_offer_gives_nothing_before_its_click(db: Database) -> None:
    reply = await answered(db, f"<@{BEN.id}|ben> {REASON}")
    assert reply.blocks
    assert await count(db) == (0, 0)
    values = [one["text"]["text"] for one in reply.blocks[-1]["elements"]]
    assert values == [
        *("Customer first", "Teamwork", "Ownership", "Clarity", "Kindness"),
        "More choices …",
    ]


async def test_what_has_changed_since_is_said_in_words(db: Database) -> None:
    said: list[str] = []

    async def whisper(text: str, blocks: list[Json] | None = None) -> None:
        said.append(text + str(blocks or ""))

    draft = draft_of(f"<@{BEN.id}|ben> {REASON}")
    body = {"actions": [{"value": form.packed(draft, "Teamwork")}]}
    await settle_on(db, values=("Speed",))
    request = Request(body, ALICE, "k1", NOON, AsyncWebClient(), whisper, GREEK)
    await Giving(db).give(request)
    assert said == ["Διαλέξτε μία από τις αξίες της ομάδας τους."]
    await settle_on(db, values=("Teamwork",))
    request = Request(body, ALICE, "k2", NOON, AsyncWebClient(), whisper, ENGLISH)
    await Giving(db).give(request)
    assert "Done: <@U0BEN> will read it." in said[-1]
    assert await count(db) == (1, 1)


def test_a_reaction_is_read_whatever_slack_leaves_out() -> None:
    item = {"type": "message", "channel": "C1", "ts": "17.1"}
    whole = {"reaction": "wave::skin-tone-3", "item": item, "item_user": "U1"}
    found = reaction_of(whole)
    assert (found.emoji, found.author_id, found.source) == ("wave", "U1", "C1:17.1")
    assert reaction_of({"reaction": "tada"}).author_id == ""
