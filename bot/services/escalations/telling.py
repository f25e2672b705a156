"""Who hears of a change: the card for the leads, a private word for the reporter, the thread where it helps."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.people import Person, Role
from bot.rules import shifts as shift_rules
from bot.rules.escalations import Action, Escalation, Event
from bot.rules.teams import Team
from bot.text import Text
from bot.views.escalations import news as views
from bot.views.escalations.card import CARD
from bot.views.escalations.told import Message
from storage import outbox, people, shifts, teams
from storage.database import Database, Tx
from storage.outbox import Card, Note, Priority

Write = Callable[[Escalation, Text], Message]

# The leads' own work on a case is no news to the one who did it; the reporter's own steps are confirmed.
NO_NEWS_TO_WHO_DID_IT = (Action.CLAIM, Action.RETURN, Action.RESOLVE)


def card(escalation: Escalation) -> Card:
    return Card(CARD, str(escalation.id), escalation.channel)


def to_reporter(escalation: Escalation, message: Message) -> Note:
    """One private message for each change, named by the version that it reports."""
    text, blocks = message
    return Note(
        f"{_name(escalation)}:reporter",
        escalation.raised_by,
        text,
        blocks,
        priority=Priority.FOLLOW_UP,
    )


def to_person(escalation: Escalation, person_id: str, message: Message) -> Note:
    """The same for anybody else whom a change concerns."""
    text, blocks = message
    return Note(
        f"{_name(escalation)}:to:{person_id}",
        person_id,
        text,
        blocks,
        priority=Priority.FOLLOW_UP,
    )


def in_thread(escalation: Escalation, text: str, priority: Priority = Priority.ESCALATION) -> Note:
    """A line under the card. A warning has the version of the case that it warns about, as nothing changed."""
    return Note(
        f"{_name(escalation)}:thread:{priority}",
        escalation.channel,
        text,
        priority=priority,
        thread_of=card(escalation),
    )


def team_text(team: Team) -> Text:
    """What a channel of the team reads: its language and its zone."""
    return Text(team.language, team.zone)


async def reporters_text(tx: Tx, escalation: Escalation, team: Team) -> Text:
    """What the reporter reads; the team's language while nothing is known of them."""
    known = (await people.profiles(tx, [escalation.raised_by])).get(escalation.raised_by)
    return (
        Text(known.locale or team.language, known.zone or team.zone) if known else team_text(team)
    )


def those(*person_ids: str | None) -> set[str]:
    """Each of them once, without the places where nobody is."""
    return {one for one in person_ids if one}


async def texts(tx: Tx, person_ids: Iterable[str], team: Team) -> dict[str, Text]:
    """What each of them reads. Who is not there any more is left out."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    known = await people.profiles(tx, wanted)
    return {
        one: Text(known[one].locale or team.language, known[one].zone or team.zone)
        for one in wanted
        if one in known and known[one].can_have_roles
    }


async def ids_of(tx: Tx, team_id: str, *roles: Role) -> Sequence[str]:
    """Who has any of these roles in the team, each once."""
    return list(dict.fromkeys(one.person_id for one in await teams.members(tx, team_id, *roles)))


async def leads_on_shift(tx: Tx, team: Team, *, now: datetime) -> Sequence[str]:
    """The leads who work now; all of them if none does."""
    window = shift_rules.look_ahead(now)
    on = shift_rules.on_now(shift_rules.duties(await shifts.roster(tx, team, window), window), now)
    working = {one.person_id for one in on}
    leads = await ids_of(tx, team.id, Role.LEAD)
    return [one for one in leads if one in working] or leads


async def news(
    tx: Tx, case: Escalation, event: Event, team: Team, person_ids: Iterable[str]
) -> list[Note]:
    """One line of the timeline as private messages."""
    found = await texts(tx, person_ids, team)
    return [
        to_person(case, one, views.news(case, event, t, reader=one))
        for one, t in sorted(found.items())
    ]


async def redraw(db: Database, person: Person, escalation: Escalation, *, now: datetime) -> None:
    """Draw the card anew, because this person acted on what it no longer says."""
    async with db.write(person.workspace_id) as tx:
        await outbox.say(tx, card(escalation), now=now)


def _name(escalation: Escalation) -> str:
    return f"escalation:{escalation.id}:v{escalation.version}"
