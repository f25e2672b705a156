"""A message of a card's thread becomes a note of its case: with who said it and where, once, and by those who take part."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import AlreadyHeard, Denied, Refused, Stale
from bot.people import Person
from bot.rules.delivery import Place
from bot.rules.escalations import EventKind, Verdict
from bot.services import escalations
from bot.services.escalations import Message
from bot.text import Text
from bot.views.escalations import lines
from bot.views.escalations.card import CARD
from storage.database import Database
from storage.outbox import recording
from tests import casebook
from tests.cast import ALICE, BEN, BOB, DAN, NOON, OLGA, OTHER_WORKSPACE, STRANGER, WORKSPACE

TS = "1772452800.000100"
LINK = "https://example.slack.com/archives/C0LEADS/p1772452900000100"
SAID = Message(casebook.LEADS, TS, BEN.id, "The bank has paid", LINK)


@pytest.fixture
async def posted(db: Database) -> Database:
    """A case whose card is in the leads' channel."""
    await casebook.set_up(db)
    await casebook.escalate(db)
    place = Place(casebook.LEADS, TS, "drawing")
    async with db.write(WORKSPACE) as tx:
        await recording.remember_cards(tx, {(CARD, "1", casebook.LEADS): place})
    return db


async def keep(db: Database, person: Person = BOB, said: Message = SAID, key: str = "k") -> None:
    await escalations.keep_message(db, person, said, key=key, now=NOON)


async def notes(db: Database) -> list[str]:
    return [one.why for one in await casebook.timeline(db) if one.kind is EventKind.NOTED]


async def test_it_is_kept_with_who_said_it_and_where(posted: Database) -> None:
    await keep(posted)
    [*_, line] = await casebook.timeline(posted)
    assert (line.kind, line.by, line.why) == (EventKind.NOTED, BOB.id, "The bank has paid")
    assert lines.what(line, Text()) == "<@U0BOB> kept what <@U0BEN> said"
    assert [*lines.details(line, Text())] == [f"<{LINK}|the message>"]


async def test_ones_own_words_may_be_kept_and_long_ones_are_cut(posted: Database) -> None:
    await keep(posted, BEN, replace(SAID, text="x" * 5000))
    [kept] = await notes(posted)
    assert (kept[:2], len(kept)) == ("xx", 1000)
    assert (
        lines.what((await casebook.timeline(posted))[-1], Text()) == "<@U0BEN> kept what they said"
    )


@pytest.mark.parametrize("person", [ALICE, BOB], ids=lambda one: one.id)
async def test_who_takes_part_may(posted: Database, person: Person) -> None:
    await keep(posted, person)
    assert len(await notes(posted)) == 1


@pytest.mark.parametrize("person", [DAN, OLGA], ids=lambda one: one.id)
async def test_who_does_not_may_not(posted: Database, person: Person) -> None:
    with pytest.raises(Denied, match="Only people who take part"):
        await keep(posted, person)
    assert await notes(posted) == []


async def test_another_workspace_finds_no_card_there(posted: Database) -> None:
    assert STRANGER.workspace_id == OTHER_WORKSPACE
    with pytest.raises(Refused, match="belongs to no case"):
        await keep(posted, STRANGER)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (replace(SAID, thread_ts="1772452800.000200"), "belongs to no case"),
        (replace(SAID, channel="C0OTHER"), "belongs to no case"),
        (replace(SAID, text=" \x00 "), "no words"),
    ],
)
async def test_what_cannot_be_kept_says_what_to_do(
    posted: Database, said: Message, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        await keep(posted, BOB, said)
    assert await notes(posted) == []


async def test_the_same_message_is_kept_once_however_often_it_is_asked_for(
    posted: Database,
) -> None:
    asked = [keep(posted, key=f"k{n}") for n in range(5)]
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(one) for one in outcomes].count(Refused) == 4
    assert len(await notes(posted)) == 1
    with pytest.raises(AlreadyHeard):
        done = outcomes.index(None)
        await keep(posted, key=f"k{done}")


async def test_without_a_link_it_is_still_kept(posted: Database) -> None:
    """Slack may not say where a message is; what was said matters more."""
    await keep(posted, said=replace(SAID, link=""))
    await keep(posted, said=replace(SAID, link="", text="And now?"), key="2")
    assert await notes(posted) == ["The bank has paid", "And now?"]


async def test_after_the_end_a_note_can_still_be_added(posted: Database) -> None:
    verdict = Verdict("Bank was slow", "explanation", solvable="no")
    await escalations.claim(posted, BOB, 1, key="claim", now=NOON)
    await escalations.resolve(posted, BOB, 1, verdict, key="resolve", now=NOON)
    await keep(posted)
    assert len(await notes(posted)) == 1
    with pytest.raises(Stale, match="already resolved"):
        await escalations.claim(posted, BOB, 1, key="late", now=NOON)
