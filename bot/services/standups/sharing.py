"""Mood that somebody shares with those who lead: consent, the word to leads when it falls, and taking it all back."""

from datetime import datetime

from bot.people import Person, Role
from bot.permissions import Permission, may
from bot.rules.delivery import Drawn
from bot.rules.reports import last_weeks
from bot.rules.standups import Kind, Round, StandUp
from bot.rules.standups.measures import Fall, falls
from bot.rules.standups.questions import of_kind
from bot.rules.wall_clock import day_of
from bot.services.transaction import heard_once
from bot.text import Text
from bot.views.standups import feelings, ids
from storage import outbox, people, standups, teams
from storage.database import Database, Tx
from storage.outbox import Card, Priority
from storage.outbox.keeping import cards_about


async def share_mood(
    db: Database, person: Person, *, shares: bool, key: str, now: datetime
) -> None:
    """One's own consent, or its end: what leads were told about this person then disappears from their messages."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await standups.set_shares_mood(tx, person.id, shares=shares, now=now)
        if not shares:
            leads = [one for team_id in person.roles for one in await _readers(tx, team_id)]
            posted = await cards_about(tx, ids.MOOD, f"{person.id}:", on_the_way_to=leads)
            again = [_card(subject, reader) for subject, reader in posted]
            await outbox.say(tx, *again, now=now)


async def heed_moods(tx: Tx, round_: Round, *, now: datetime) -> None:
    """A round is closed: the leads are told whose mood falls, once for each fall, of those who share it."""
    if of_kind(round_.questions, Kind.MOOD) is None:
        return
    sharing = (await standups.sharing_in(tx, [round_.team_id])).get(round_.team_id, frozenset())
    if not sharing:
        return
    found = await _falls(tx, round_.team_id, sharing, now)
    readers = await _readers(tx, round_.team_id)
    for one in found:
        subject = _subject(one)
        if one.standup_id == round_.standup_id and not await cards_about(tx, ids.MOOD, subject):
            to = sorted(readers - {one.person_id})
            await outbox.say(tx, *(_card(subject, reader) for reader in to), now=now)


async def draw_mood(tx: Tx, subject: str, channel: str, *, now: datetime) -> Drawn | None:
    """Whether it is shared, and whether its reader leads, is asked again now. Nothing, or that it is gone, if not."""
    person_id, standup_id, begun_in = subject.split(":")
    reader = await people.find(tx, channel) or Person(tx.workspace_id, channel)
    t = Text(reader.locale, reader.zone)
    standup = await standups.find(tx, standup_id)
    if standup and await _is_shared(tx, reader, person_id, standup):
        found = await _falls(tx, standup.team_id, frozenset({person_id}), now)
        now_falling = [one for one in found if one.begun_in == begun_in]
        return Drawn(feelings.fall(now_falling[0], standup.name, t)) if now_falling else None
    if (subject, channel) in await cards_about(tx, ids.MOOD, subject, on_the_way_to=[channel]):
        return Drawn(feelings.not_shared(person_id, t))
    return None


async def _readers(tx: Tx, team_id: str) -> set[str]:
    """Who leads or manages the team."""
    leading = await teams.members(tx, team_id, Role.LEAD, Role.MANAGER)
    return {one.person_id for one in leading}


async def _is_shared(tx: Tx, reader: Person, person_id: str, standup: StandUp) -> bool:
    sharing = (await standups.sharing_in(tx, [standup.team_id])).get(standup.team_id, frozenset())
    return person_id in sharing and may(reader, Permission.STANDUP_LEAD, standup)


async def _falls(tx: Tx, team_id: str, sharing: frozenset[str], now: datetime) -> list[Fall]:
    team = await teams.get(tx, team_id)
    period = last_weeks(feelings.WEEKS_SHOWN, day_of(now, team.zone))
    return falls(await standups.moods(tx, [team_id], period, person_ids=sharing), period.last)


def _subject(fall: Fall) -> str:
    return f"{fall.person_id}:{fall.standup_id}:{fall.begun_in}"


def _card(subject: str, reader_id: str) -> Card:
    return Card(ids.MOOD, subject, reader_id, Priority.FOLLOW_UP)
