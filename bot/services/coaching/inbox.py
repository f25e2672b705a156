"""What `/coach` shows: to whoever leads what waits for them, and to everybody what is about themselves."""

from collections.abc import AsyncIterator
from datetime import datetime

from bot.people import Person, Role
from bot.permissions import Permission, may
from bot.rules.coaching import Commitment, Pair
from bot.rules.coaching import inbox as rules
from bot.rules.coaching.inbox import About, InboxSeen, Item, Led, Quiet, Waiting, Waits
from bot.rules.wall_clock import day_of
from bot.services.coaching import seeds
from bot.services.coaching.pairs import LEADING, leads_somebody
from storage import absences, teams
from storage.coaching import disputes, lists, settings
from storage.database import Database, Tx


async def see(
    db: Database, person: Person, *, page: int = 0, about_page: int = 0, now: datetime
) -> InboxSeen:
    """Both parts, each at its own page. Past the end of what waits it is the last one, since things get done."""
    async with db.read(person.workspace_id) as tx:
        today = day_of(now, person.zone)
        promised = await lists.open_commitments_of(tx, person.id)
        late = rules.my_overdue(promised, today)
        about = await _about(tx, person, [one for one in promised if one not in late], about_page)
        items = [one async for one in _items(tx, person, late, now=now)]
        if not leads_somebody(person):
            return InboxSeen(about, today, rules.waiting(items, page) if items else None)
        found = await seeds.of_leader(tx, person, now=now)
        return InboxSeen(about, today, rules.waiting(items, page), found, may_write=True)


async def waits(tx: Tx, person: Person, *, now: datetime) -> Waiting | None:
    """How much waits, for the Home tab; None for whom nothing ever does."""
    promised = await lists.open_commitments_of(tx, person.id)
    today = day_of(now, person.zone)
    items = [one async for one in _items(tx, person, rules.my_overdue(promised, today), now=now)]
    items += [
        Item(Waits.MINE_OVERDUE, commitment=one)
        for one in promised
        if one.promised_by == one.agent_id and one.is_overdue(today)
    ]
    return rules.waiting(items, 0) if items or leads_somebody(person) else None


async def led_by(tx: Tx, person: Person) -> list[Led]:
    """Whom this person looks after: everybody they may coach in their teams, and the managers of those that report to them."""
    direct = [one for one in person.roles if person.has_role(one, *LEADING)]
    if not direct:
        return []
    below = await teams.below(tx, [one for one in direct if person.has_role(one, Role.MANAGER)])
    wanted = sorted({*direct, *below})
    chains = await teams.chains_of(tx, wanted)
    weeks = await settings.settings_of_all(tx, wanted)
    return [
        Led(person_id, team_id, weeks[team_id].quiet_weeks)
        for (team_id, person_id), roles in (await teams.roles_in(tx, wanted)).items()
        if rules.coached_in(roles, is_direct=team_id in direct)
        and may(
            person,
            Permission.COACHING_WRITE,
            Pair(tx.workspace_id, team_id, person.id, person_id, roles, chains[team_id]),
        )
    ]


async def _about(tx: Tx, person: Person, promised: list[Commitment], page: int) -> About:
    page = max(page, 0)
    size = rules.ABOUT_A_PAGE
    found = await lists.shared_with(tx, person.id, offset=page * size, limit=size)
    left = len(promised) - page * rules.PROMISES_A_PAGE
    if page and not found.notes and left <= 0:
        return await _about(tx, person, promised, 0)
    settleable = {one.id for one in promised if may(person, Permission.COMMITMENT_SETTLE, one)}
    has_more = found.has_more or left > rules.PROMISES_A_PAGE
    return About(promised, frozenset(settleable), found.notes, page, has_more)


async def _items(
    tx: Tx, person: Person, late: list[Commitment], *, now: datetime
) -> AsyncIterator[Item]:
    """Everything that this person is to do; what they may not do any more waits for nobody."""
    today = day_of(now, person.zone)
    most = rules.MOST
    unread = await lists.unanswered_by_agent(
        tx, person.id, shared_before=now - rules.UNREAD_AFTER, limit=most
    )
    theirs = await lists.overdue_of_others(tx, person.id, before=today)
    noted = (
        (
            Waits.TO_READ,
            Permission.COACHING_ANSWER,
            await lists.to_read(tx, person.id, limit=most),
        ),
        (
            Waits.DECIDE,
            Permission.COACHING_DECIDE,
            await disputes.waiting_for_decision(tx, person.id),
        ),
        (Waits.AMEND, Permission.COACHING_ADD, await disputes.waiting_for_amendment(tx, person.id)),
        (
            Waits.FOLLOW_UP,
            Permission.COACHING_EDIT,
            await lists.follow_ups(tx, person.id, until=today, limit=most),
        ),
        (Waits.UNREAD, Permission.COACHING_EDIT, unread),
        (Waits.DRAFT, Permission.COACHING_DISCARD, await lists.drafts(tx, person.id, limit=most)),
    )
    for waits_for, permission, found in noted:
        for note in found:
            if may(person, permission, note):
                yield Item(waits_for, note=note)
    for waits_for, commitments in ((Waits.MINE_OVERDUE, late), (Waits.THEIRS_OVERDUE, theirs)):
        for one in commitments:
            if may(person, Permission.COMMITMENT_SETTLE, one):
                yield Item(waits_for, commitment=one)
    for quiet in await _quiet(tx, person, now=now):
        yield Item(Waits.QUIET, quiet=quiet)


async def _quiet(tx: Tx, person: Person, *, now: datetime) -> list[Quiet]:
    """Whoever is away comes when they are back: nobody can talk to them now."""
    led = await led_by(tx, person)
    if not led:
        return []
    away = await absences.of_people(tx, {one.person_id for one in led}, since=now)
    gone = {one.person_id for one in away if one.span.holds(now)}
    led = [one for one in led if one.person_id not in gone]
    last = await lists.last_shared(tx, {one.person_id for one in led})
    return rules.quiet(led, last, now=now)
