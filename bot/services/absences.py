"""Who is away: entered by themselves or by a lead, and offered when a Slack status speaks of it."""

from datetime import datetime

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person, Role
from bot.permissions import Permission, check_may, may
from bot.rules import absences as rules
from bot.rules.absences import Absence, Draft, Kind, Offer, OfferState, OfTeam
from bot.rules.delivery import Drawn
from bot.rules.shifts.seen import AbsencesSeen
from bot.rules.statuses import Status, away_kind
from bot.rules.teams import Workspace
from bot.services import handovers, shift_ends
from bot.services.coaching import prolonging
from bot.services.people import ONLY_SLACK
from bot.services.transaction import heard_once
from bot.text import Text, _
from bot.views import absences as views
from bot.views.absences import OFFER
from storage import absences, outbox, people, teams
from storage.base import new_id
from storage.database import Database, Tx
from storage.outbox import Card, Note, Priority

ONLY_THEIR_LEADS = _(
    "Only they themselves and the leads of their teams can say when somebody is away."
)
CHANGED_MEANWHILE = _(
    "Somebody changed this absence meanwhile, so nothing was saved. "
    "Please open `/baton away` again and repeat your change."
)
ANSWERED = _("This was answered already. `/baton away` shows what is noted.")


async def see(db: Database, person: Person, *, now: datetime) -> AbsencesSeen:
    """What is to come of the reader's own absences, and of those of the teams that they lead."""
    led = [team for team in person.roles if person.has_role(team, Role.LEAD)]
    async with db.read(person.workspace_id) as tx:
        others = {one.person_id for team in led for one in await teams.members(tx, team)} - {
            person.id
        }
        return AbsencesSeen(
            await absences.of_people(tx, [person.id], since=now),
            await absences.of_people(tx, others, since=now) if others else (),
            leads=bool(led),
        )


async def open_absence(db: Database, person: Person, absence_id: str) -> Absence:
    """For its form, note and all. Raises Denied, or Refused if it is gone."""
    async with db.read(person.workspace_id) as tx:
        absence = await absences.get(tx, absence_id)
        await _check_may(tx, person, absence.person_id, Permission.ABSENCE_READ)
        return absence


async def add(db: Database, person: Person, draft: Draft, *, key: str, now: datetime) -> Absence:
    """Raises Denied, or FormProblems by field. Somebody for whom it was entered is told."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        return await _add(tx, person, draft, now=now)


async def change(
    db: Database, person: Person, seen: Absence, draft: Draft, *, key: str, now: datetime
) -> Absence:
    """Write the draft over the absence; whose it is stays. Raises Denied, FormProblems, or Stale."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        known = await absences.get(tx, seen.id)
        await _check_may(tx, person, known.person_id, Permission.ABSENCE_SET)
        changed = await _written(tx, person, draft, known, seen.version, now=now)
        if not await absences.change(tx, changed):
            raise Stale(CHANGED_MEANWHILE)
        await _follow(tx, known.person_id, now=now)
        await _tell(tx, person, changed, views.changed_for_you, now=now)
    return changed


async def remove(db: Database, person: Person, seen: Absence, *, key: str, now: datetime) -> None:
    """They are there after all. Raises Denied, Refused if it is gone, or Stale."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        known = await absences.get(tx, seen.id)
        await _check_may(tx, person, known.person_id, Permission.ABSENCE_SET)
        if not await absences.remove(tx, known.id, seen.version):
            raise Stale(CHANGED_MEANWHILE)
        await _follow(tx, known.person_id, now=now)
        await _tell(tx, person, known, views.removed_for_you, now=now)


async def hear_status(
    db: Database, person: Person, about: Person, status: Status, *, key: str, now: datetime
) -> None:
    """Slack says that somebody's profile changed: offer an absence if their status newly speaks of one.

    Nothing is taken: the offer is a private message, and the same status is offered once.
    """
    check_may(person, Permission.SLACK_FOLLOW, Workspace(person.workspace_id), ONLY_SLACK)
    kind = away_kind(status.text, status.emoji)
    over = status.ends_at is not None and status.ends_at <= now
    async with heard_once(db, about.workspace_id, key, now=now) as tx:
        if kind is None or over or not about.roles:
            await _forget(tx, about.id, status, now=now)
        elif not rules.away_until(await absences.of_people(tx, [about.id], since=now), now):
            said = status.said_at or now
            offer = Offer(new_id(), about.id, status.mark, kind, said, status.ends_at)
            if await absences.put_offer(tx, offer):
                await shift_ends.replan_of(tx, about.id, now=now)
                await outbox.say(tx, _card(offer), now=now)


async def take_offer(
    db: Database, person: Person, offer_id: str, *, key: str, now: datetime
) -> Absence:
    """The person says yes, and their status says until when. Raises Refused if it was answered before."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        offer = await _own_offer(tx, person, offer_id)
        if offer.ends_at is None or offer.ends_at <= now:
            raise Refused(_("Your status is over. `/baton away` notes another time."))
        absence = Absence(
            person.workspace_id, new_id(), person.id, offer.kind, now, offer.ends_at,
            person.zone, whole_days=False, made_by=person.id,
        )  # fmt: skip
        await absences.add(tx, absence)
        await _follow(tx, person.id, now=now)
        await _close(tx, offer, OfferState.TAKEN, now=now)
    return absence


async def add_from_offer(
    db: Database, person: Person, draft: Draft, offer_id: str, *, key: str, now: datetime
) -> Absence:
    """The person says yes, and in a form until when. Raises FormProblems, or Refused if it was answered before."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        offer = await _own_offer(tx, person, offer_id)
        absence = await _add(tx, person, draft, now=now)
        await _close(tx, offer, OfferState.TAKEN, now=now)
    return absence


async def decline_offer(
    db: Database, person: Person, offer_id: str, *, key: str, now: datetime
) -> None:
    """The person says no. Raises Refused if it was answered before."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await _close(tx, await _own_offer(tx, person, offer_id), OfferState.DECLINED, now=now)
        await shift_ends.replan_of(tx, person.id, now=now)


async def find_offer(db: Database, person: Person, offer_id: str) -> Offer:
    """Raises Refused if it was answered already, or is not theirs."""
    async with db.read(person.workspace_id) as tx:
        return await _own_offer(tx, person, offer_id)


async def draw_offer(tx: Tx, subject: str, _channel: str) -> Drawn:
    """The private message as it should look now. Its subject is the person and the offer."""
    person_id, _colon, offer_id = subject.partition(":")
    person = await people.find(tx, person_id) or Person(tx.workspace_id, person_id)
    offer = await absences.find_offer(tx, person_id)
    current = offer if offer and offer.id == offer_id else None
    return Drawn(*views.offer_card(current, Text(person.locale, person.zone)))


async def _add(tx: Tx, person: Person, draft: Draft, *, now: datetime) -> Absence:
    await _check_may(tx, person, draft.person_id, Permission.ABSENCE_SET)
    await people.add_unknown(tx, [draft.person_id])
    new = Absence(
        person.workspace_id, new_id(), draft.person_id, Kind.OTHER, now, now, made_by=person.id
    )
    absence = await _written(tx, person, draft, new, 1, now=now)
    await absences.add(tx, absence)
    await _follow(tx, draft.person_id, now=now)
    await _tell(tx, person, absence, views.made_for_you, now=now)
    return absence


async def _follow(tx: Tx, person_id: str, *, now: datetime) -> None:
    """Their shifts end at other times now, what they are asked to take over may need somebody else, and they have longer to
    dispute what is said of them.
    """
    await shift_ends.replan_of(tx, person_id, now=now)
    await handovers.look_again(tx, person_id, now=now)
    await prolonging.prolong(tx, person_id, now=now)


async def _written(
    tx: Tx, person: Person, draft: Draft, known: Absence, version: int, *, now: datetime
) -> Absence:
    zone = await _zone(tx, person, known.person_id)
    if found := rules.problems(draft, zone, now=now):
        raise FormProblems(found)
    span = draft.span(zone)
    return Absence(
        known.workspace_id, known.id, known.person_id, Kind(draft.kind), span.start, span.end,
        zone, draft.is_whole_days, draft.note.strip(), known.made_by, version,
    )  # fmt: skip


async def _zone(tx: Tx, person: Person, person_id: str) -> str:
    if person_id == person.id:
        return person.zone
    known = (await people.profiles(tx, [person_id])).get(person_id)
    return (known.zone if known else "") or person.zone


async def _check_may(tx: Tx, person: Person, about: str, permission: Permission) -> None:
    """Raises Denied unless it is their own, or they lead one of that person's teams."""
    roles = await people.roles_of(tx, about)
    things = [OfTeam(tx.workspace_id, team, about) for team in ("", *roles)]
    if not any(may(person, permission, thing) for thing in things):
        raise Denied(ONLY_THEIR_LEADS)


async def _own_offer(tx: Tx, person: Person, offer_id: str) -> Offer:
    offer = await absences.find_offer(tx, person.id)
    if offer is None or offer.id != offer_id or offer.state is not OfferState.OPEN:
        raise Refused(ANSWERED)
    return offer


async def _close(tx: Tx, offer: Offer, state: OfferState, *, now: datetime) -> None:
    if not await absences.close_offer(tx, offer.id, state):
        raise Refused(ANSWERED)
    await outbox.say(tx, _card(offer), now=now)


async def _forget(tx: Tx, about: str, status: Status, *, now: datetime) -> None:
    """The status is over; a question that was left open says so, and the same words later are news again."""
    before = await absences.find_offer(tx, about)
    over = Offer(new_id(), about, "", Kind.OTHER, status.said_at or now, state=OfferState.OVER)
    if not await absences.put_offer(tx, over):
        return
    if before and before.state is OfferState.OPEN:
        await shift_ends.replan_of(tx, about, now=now)
        await outbox.say(tx, _card(before), now=now)


def _card(offer: Offer) -> Card:
    return Card(OFFER, f"{offer.person_id}:{offer.id}", offer.person_id, Priority.FOLLOW_UP)


async def _tell(tx: Tx, by: Person, absence: Absence, words: views.Words, *, now: datetime) -> None:
    """Somebody else did it: the person it is about hears of it in private."""
    if by.id == absence.person_id:
        return
    known = (await people.profiles(tx, [absence.person_id])).get(absence.person_id)
    t = Text(known.locale or "en-US", known.zone or absence.zone) if known else Text()
    note = Note(
        key=f"absence:{absence.id}:{absence.version}:{words.__name__}",
        channel=absence.person_id,
        text=words(by, absence, t),
    )
    await outbox.say(tx, note, now=now)
