"""A message of a card's thread, kept in the timeline of its case."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.people import Person
from bot.rules import escalations as rules
from bot.rules.escalations import Action, Escalation, EventKind
from bot.rules.escalations.outcomes import WHY_MAX
from bot.services.escalations import telling
from bot.services.escalations.writing import changing
from bot.text import _
from bot.views.blocks import shorten
from bot.views.escalations.card import CARD
from storage import escalations, outbox
from storage.database import Database, Tx
from storage.outbox import keeping

IN_NO_THREAD = _(
    "This message belongs to no case. Use “Add to timeline” on a message in the thread below a case's card. "
    "Anything else can be written with the card's menu: “Add to the timeline”."
)
NO_WORDS = _("There are no words in this message. Write a note with the card's menu instead.")
KEPT_ALREADY = _("This message is in the timeline of #{number} already.")


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody said in a channel: in the thread of the message `thread_ts`, or that message itself.

    `text` is in plain words; `link` leads to it and may be empty.
    """

    channel: str
    thread_ts: str
    author: str
    text: str
    link: str


async def keep_message(
    db: Database, person: Person, message: Message, *, key: str, now: datetime
) -> Escalation:
    """Keep it as a note, with who said it. Raises Refused if it belongs to no case, Denied or Stale."""
    async with db.read(person.workspace_id) as tx:
        found = await keeping.find_card(tx, CARD, message.channel, message.thread_ts)
    if found is None:
        raise Refused(IN_NO_THREAD)
    if not (text := rules.clean(message.text)):
        raise Refused(NO_WORDS)
    number = int(found)
    async with changing(db, person, number, Action.NOTE, key=key, now=now) as change:
        if message.link and await _is_kept(change.tx, number, message.link):
            raise Refused(KEPT_ALREADY, number=number)
        step = rules.written(
            change.before,
            person,
            shorten(text, WHY_MAX),  # the link has what does not fit
            now=now,
            author=message.author,
            link=message.link,
        )
        after = await change.make(step)
        await outbox.say(change.tx, telling.card(after), now=now)
    return after


async def _is_kept(tx: Tx, number: int, link: str) -> bool:
    lines = await escalations.timeline(tx, number)
    return any(one.kind is EventKind.NOTED and rules.source_of(one)[1] == link for one in lines)
