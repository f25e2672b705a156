"""Draws what is said of a kudos from the newest state, when it is about to be sent: what was taken back says nothing any more."""

from datetime import datetime

from bot.rules.delivery import Drawn
from bot.rules.kudos import Kudos, Post, Via
from bot.rules.kudos.digests import unpack
from bot.services.escalations.telling import team_text
from bot.text import Text
from bot.views.kudos import ids
from bot.views.kudos import posted as views
from storage import kudos as stored
from storage import people, teams
from storage.database import Tx
from storage.outbox import Card, Priority
from storage.outbox.keeping import cards_about


async def cards(tx: Tx, kudos: Kudos) -> list[Card]:
    """Every message about it: in the channels, to each receiver, to the giver. None for a reaction, which Slack shows."""
    if kudos.via is Via.REACTION:
        return []
    places = [*(await post_of(tx, kudos)).channels, *kudos.receivers, kudos.giver_id]
    return [card(kudos, one) for one in places]


def card(kudos: Kudos, place: str) -> Card:
    return Card(ids.CARD, kudos.id, place, Priority.RECOGNITION)


async def cards_to_mend(tx: Tx, kudos: Kudos) -> list[Card]:
    """All that has said it by now, wherever that was: its own messages, and the digests and walls that tell it."""
    found = [*await cards(tx, kudos), *(card(kudos, one) for _, one in await _posted(tx, kudos))]
    for team_id in dict.fromkeys(one.team_id for one in kudos.receipts):
        for kind in (ids.DIGEST, ids.WALL):
            for subject, channel in await cards_about(tx, kind, f"{team_id}|"):
                if unpack(subject).span.holds(kudos.given_at):
                    found.append(Card(kind, subject, channel, Priority.RECOGNITION))
    return list(dict.fromkeys(found))


async def _posted(tx: Tx, kudos: Kudos) -> list[tuple[str, str]]:
    """Its messages that are there already, as subject and channel."""
    return await cards_about(tx, ids.CARD, kudos.id)


async def post_of(tx: Tx, kudos: Kudos) -> Post:
    """Who may be named in public, and in which channels it is."""
    if not kudos.is_public:
        return Post(kudos, kudos.receivers)
    tastes = await stored.tastes_of(tx, kudos.receivers)
    named = tuple(one for one in kudos.receivers if tastes[one].in_public)
    theirs = [one.team_id for one in kudos.receipts if one.receiver_id in named]
    found = [await teams.get(tx, one) for one in dict.fromkeys(theirs)]
    channels = dict.fromkeys(team.team_channel for team in found if team.team_channel)
    return Post(kudos, named, tuple(channels))


async def draw(tx: Tx, subject: str, channel: str, *, now: datetime) -> Drawn | None:
    """In the words of the channel or of the person. What was taken back before anybody could read it is never said."""
    kudos = await stored.find(tx, subject)
    if kudos is None:
        return None
    if kudos.undone_at is not None and (subject, channel) not in await _posted(tx, kudos):
        return None
    post = await post_of(tx, kudos)
    if channel == kudos.giver_id:
        return Drawn(*views.given(post, await _text_of(tx, channel), now))
    if channel in kudos.receivers:
        return Drawn(*views.word(kudos, await _text_of(tx, channel)))
    if kudos.undone_at is None and channel not in post.channels:
        return None
    team = await teams.get(tx, kudos.team_id)
    return Drawn(*views.public(post, team_text(team)))


async def _text_of(tx: Tx, person_id: str) -> Text:
    known = (await people.profiles(tx, [person_id])).get(person_id)
    return Text(known.locale or "en-US", known.zone or "UTC") if known else Text()
