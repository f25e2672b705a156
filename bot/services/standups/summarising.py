"""The summary of a round: one card in the team's channel, drawn from the newest state, and who may see all of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person, Role
from bot.permissions import Permission, check_may, may
from bot.rules.delivery import Drawn
from bot.rules.standups import Round, RoundState, Seat, summaries
from bot.rules.standups.summaries import Summary
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.metrics.digest import digesting
from bot.services.metrics.digest.strips import strip_of
from bot.services.standups.yesterday import yesterday_of
from bot.services.transaction import heard_once
from bot.text import _
from bot.views.blocks import shorten
from bot.views.standups import ids
from bot.views.standups import summary as views
from storage import outbox, standups, teams
from storage.database import Database, Tx
from storage.outbox import Card, Note, Priority

BLOCKERS_READ = 500
"""More than that stand in nobody's way: a summary is not the place to find them."""
ROUNDS_READ = 10
NEWEST = 3
"""So many of a team's newest summaries are kept right when a blocker changes; the others show it when they are clicked."""

ONLY_THE_TEAM = _("Only the people of this team can read what was said in its stand-up.")
ONLY_LEADS = _("Only the team's leads and its manager can write the focus note.")
NO_TEAM = _("You are in no team, so there is no summary to show. Ask a lead to add you to theirs.")
NO_ROUND = _("There is no summary yet: none of your teams has had a stand-up so far.")
CHANGED_MEANWHILE = _(
    "Somebody has changed the note meanwhile. It says now: {note}. Copy yours, and open it again."
)
WAS_MISSED = _("This stand-up did not take place, so nobody would read the note.")


@dataclass(frozen=True, slots=True)
class Seen:
    """One round as one person may see it."""

    summary: Summary
    team: Team
    may_lead: bool = False


async def post(tx: Tx, round_: Round, *, now: datetime) -> None:
    """The round is closed: its summary goes to the channel, after the numbers of the morning. Where there is none, those who lead hear how to choose one."""
    team = await teams.get(tx, round_.team_id)
    channel = round_.channel or team.team_channel
    if not channel:
        await outbox.say(tx, *await _no_channel(tx, team, round_), now=now)
        return
    posted = replace(round_, channel=channel)
    if (
        posted != round_
    ):  # a team that moves to another channel leaves its old summaries where they are
        await standups.change_round(tx, posted, round_.state)
    numbers = await digesting.before_summary(tx, team, now=now)
    await outbox.say(tx, *numbers, card(posted), now=now)


async def changed(
    tx: Tx, round_: Round, seat: Seat | None = None, *, is_late: bool = False, now: datetime
) -> None:
    """Something in the round has changed: a summary that is posted is drawn anew. A late answer gets a line below it."""
    newest = await standups.find_round(tx, round_.id)
    if newest is None or not is_posted(newest):
        return
    say: list[Card | Note] = [card(newest)]
    if seat and is_late:
        say.append(await _late(tx, newest, seat))
    await outbox.say(tx, *say, now=now)


def card(round_: Round) -> Card:
    return Card(ids.SUMMARY, round_.id, round_.channel, Priority.STANDUP)


def is_posted(round_: Round) -> bool:
    return round_.state is RoundState.CLOSED and bool(round_.channel)


async def newest_cards(tx: Tx, team_id: str, *round_ids: str) -> list[Card]:
    """The newest summaries of a team that are posted, and those of these rounds, to be drawn anew."""
    found = await standups.list_rounds(tx, team_ids=[team_id], limit=ROUNDS_READ)
    shown = [one for one in found if is_posted(one)]
    wanted = {one.id: one for one in shown[:NEWEST]}
    for one in dict.fromkeys(round_ids):
        found_one = await standups.find_round(tx, one) if one and one not in wanted else None
        if found_one and found_one.team_id == team_id and is_posted(found_one):
            wanted[one] = found_one
    return [card(one) for one in wanted.values()]


async def draw(tx: Tx, subject: str, _channel: str, *, now: datetime) -> Drawn | None:
    """The card's text and blocks, in the team's words; nothing for a round that is not there."""
    round_ = await standups.find_round(tx, subject)
    if round_ is None:
        return None
    team = await teams.get(tx, round_.team_id)
    summary = await load(tx, team, round_, now=now)
    return Drawn(*views.card(summary, telling.team_text(team)))


async def load(tx: Tx, team: Team, round_: Round, *, now: datetime) -> Summary:
    """Everything that the summary of a round holds: one statement for all seats, one for blockers, one for notes."""
    seats = await standups.seats_of_round(tx, round_.id)
    blockers = await standups.standing_around(
        tx,
        team.id,
        round_.id,
        since=round_.opened_at or round_.opens_at,
        until=round_.closed_at or now,
        limit=BLOCKERS_READ,
    )
    return summaries.summarise(
        round_,
        seats.get(round_.id, []),
        zone=team.zone,
        yesterday=await yesterday_of(tx, team, round_, now=now),
        strip=await strip_of(tx, team, round_.day, channel=round_.channel, now=now),
        blockers=blockers,
        notes=await standups.notes_around(tx, round_.id),
    )


async def see(db: Database, person: Person, round_id: str, *, now: datetime) -> list[Seen]:
    """One round, so far if it is open. Raises Denied, in the same words, if it is not there and if it is not theirs."""
    async with db.read(person.workspace_id) as tx:
        round_ = await standups.find_round(tx, round_id)
        if round_ is None:
            raise Denied(ONLY_THE_TEAM)
        check_may(person, Permission.STANDUP_SEE, round_, ONLY_THE_TEAM)
        return [await _seen(tx, person, await teams.get(tx, round_.team_id), round_, now=now)]


async def see_newest(db: Database, person: Person, *, now: datetime) -> list[Seen]:
    """In each of the reader's teams the rounds that are open, or else the newest. Raises Refused if there is none."""
    async with db.read(person.workspace_id) as tx:
        own = await teams.find_of_person(tx, person.id)
        mine = [one for one in own if may(person, Permission.STANDUP_SEE, one)]
        if not mine:
            raise Refused(NO_TEAM)
        seen = []
        for team in mine:
            found = await standups.list_rounds(tx, team_ids=[team.id], limit=ROUNDS_READ)
            seen += [await _seen(tx, person, team, one, now=now) for one in summaries.latest(found)]
    if not seen:
        raise Refused(NO_ROUND)
    return seen


async def see_focus(db: Database, person: Person, round_id: str) -> Round:
    """The round whose note is about to be written. Raises as writing it would."""
    async with db.read(person.workspace_id) as tx:
        return _check_focus(person, await standups.find_round(tx, round_id))


async def set_focus(
    db: Database, person: Person, round_id: str, words: str, *, was: str, key: str, now: datetime
) -> Round:
    """Write the lead's note at the top of the summary, or take it away. Raises FormProblems, Denied or Stale.

    `was` is the note that the writer saw: somebody else's new one is not written over.
    """
    focus = summaries.checked_focus(words)
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        round_ = _check_focus(person, await standups.lock_round(tx, round_id))
        if round_.focus != was:
            raise FormProblems(
                {"focus": Refused(CHANGED_MEANWHILE, note=shorten(round_.focus or "–", 150))}
            )
        after = replace(round_, focus=focus, focus_by=person.id if focus else "")
        await standups.change_round(tx, after, round_.state)
        await changed(tx, after, now=now)
    return after


def _check_focus(person: Person, round_: Round | None) -> Round:
    if round_ is None:
        raise Denied(ONLY_LEADS)
    check_may(person, Permission.STANDUP_LEAD, round_, ONLY_LEADS)
    if round_.state is RoundState.MISSED:
        raise Stale(WAS_MISSED)
    return round_


async def _seen(tx: Tx, person: Person, team: Team, round_: Round, *, now: datetime) -> Seen:
    summary = await load(tx, team, round_, now=now)
    return Seen(summary, team, may_lead=may(person, Permission.STANDUP_LEAD, round_))


async def _late(tx: Tx, round_: Round, seat: Seat) -> Note:
    """Once for each person, however often they change it."""
    team = await teams.get(tx, round_.team_id)
    return Note(
        f"standup:{round_.id}:late:{seat.person_id}",
        round_.channel,
        views.late(seat.person_id, telling.team_text(team)),
        priority=Priority.STANDUP,
        thread_of=card(round_),
    )


async def _no_channel(tx: Tx, team: Team, round_: Round) -> list[Note]:
    """Once for each stand-up."""
    leads = await telling.ids_of(tx, team.id, Role.LEAD)
    people = leads or await telling.ids_of(tx, team.id, Role.MANAGER)
    found = await telling.texts(tx, people, team)
    return [
        Note(
            f"standup:{round_.standup_id}:no_channel:{one}",
            one,
            views.no_channel(round_, t),
            priority=Priority.STANDUP,
        )
        for one, t in sorted(found.items())
    ]
