"""A team's numbers told apart: by its people for those who lead them, by channel, topic, hour and label for all who see it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.metrics.bundles import Bundle, together
from bot.rules.metrics.looked import Apart, Member, Members, Standing, in_order, too_few
from bot.rules.metrics.looks import Look, Versus
from bot.rules.metrics.registry import Metric
from bot.rules.metrics.scopes import Scope
from bot.rules.metrics.slices import PERSON, WHOLE, Row
from bot.rules.metrics.things import PersonNumbers
from bot.rules.metrics.values import value_of
from bot.rules.reports.periods import Period
from bot.services.metrics import defining, numbers, seeing
from bot.services.metrics.looking import stand, whole, with_numbers
from storage import people, teams
from storage.database import Database, Tx
from storage.metrics import members, names


async def see(db: Database, person: Person, look: Look, *, now: datetime) -> Apart:
    """Told apart by people for who leads them, if nothing else was chosen. Raises Denied, and Refused for who sees no team."""
    async with db.read(person.workspace_id) as tx:
        standing = await stand(tx, person, look, now=now)
        period = standing.period
        team_ids = await seeing.covered(tx, person, standing.team.id)
        known = await defining.known(tx)
        found = with_numbers(known, await whole(tx, Scope(team_ids), period))
        slices = await _slices(tx, standing, team_ids)
        if not found or not slices:
            return Apart(standing, slices=slices)
        by = look.by if look.by in slices else slices[0]
        metric = _chosen(found, look)
        if by == PERSON:
            listed = await _people(tx, person, standing, metric, (period,))
        else:
            listed = Members(await _others(tx, team_ids, by, standing, metric))
    filled = replace(standing.look, by=by, metric=metric.key)
    return Apart(replace(standing, look=filled), found, metric, listed, slices)


async def compare(db: Database, person: Person, look: Look, *, now: datetime) -> Apart:
    """Teams, times or people side by side. Raises Denied, and Refused for who sees no team."""
    async with db.read(person.workspace_id) as tx:
        standing = await stand(tx, person, look, now=now)
        periods = (standing.period, standing.other)
        team_ids = await seeing.covered(tx, person, standing.team.id)
        known = await defining.known(tx)
        held = [await whole(tx, Scope(team_ids), one) for one in periods]
        found = with_numbers(known, together(held))
        versus = _versus(standing, look)
        if versus is Versus.PERIODS:
            listed = Members([_metric(one, held, standing) for one in found])
            metric = None
        elif versus is Versus.TEAMS:
            metric, found, listed = await _teams(tx, person, standing, look)
        else:
            metric = _chosen(found, look) if found else None
            listed = await _people(tx, person, standing, metric, periods) if metric else Members()
    filled = replace(standing.look, versus=versus, metric=metric.key if metric else look.metric)
    return Apart(replace(standing, look=filled), found, metric, listed)


def _versus(standing: Standing, look: Look) -> Versus:
    """Whoever may not see people compares times instead."""
    if look.versus is Versus.PEOPLE and not standing.may_lead:
        return Versus.PERIODS
    if look.versus is Versus.TEAMS and len(standing.teams) == 1:
        return Versus.PERIODS
    return look.versus


def _chosen(found: Sequence[Metric], look: Look) -> Metric:
    return next((one for one in found if one.key == look.metric), found[0])


async def _slices(tx: Tx, standing: Standing, team_ids: Sequence[str]) -> list[str]:
    """By what this reader can tell these numbers apart, people first."""
    period = standing.period
    found = [
        one
        for one in await members.slices(tx, team_ids, period.first, period.last)
        if one not in {WHOLE, PERSON}
    ]
    return [PERSON, *found] if standing.may_lead else found


async def _others(
    tx: Tx, team_ids: Sequence[str], by: str, standing: Standing, metric: Metric
) -> list[Member]:
    rows = await _read(tx, team_ids, standing.period, metric, by)
    bundles = _by(rows, lambda row: row.member)
    found = [_member(key, key, metric, [bundle], standing) for key, bundle in bundles.items()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.key))


async def _people(
    tx: Tx, person: Person, standing: Standing, metric: Metric, periods: Sequence[Period]
) -> Members:
    """Those of the team whose numbers are the reader's to see, and of the others how many there are.

    A name that is nobody yet is for all who lead the team: nobody else could say who that is.
    """
    led = {one.id for one in await seeing.teams_led(tx, person)}
    team_ids = [one for one in await seeing.covered(tx, person, standing.team.id) if one in led]
    rows = [await _read(tx, team_ids, one, metric, PERSON) for one in periods]
    named = await names.get_all(tx, {row.member for some in rows for row in some})
    who = {one.id: one.person_id or one.id for one in named.values()}
    held = [_by(some, lambda row: who.get(row.member, row.member)) for some in rows]
    somebody = {one.person_id for one in named.values()} - {""}
    open_in = await _open_in(tx, person, team_ids, somebody)
    called = {one.id: one.name for one in named.values()} | await _called(tx, somebody)
    keys = {key for some in held for key in some}
    shown = [
        replace(
            _member(key, called.get(key, key), metric, [some.get(key) for some in held], standing),
            person_id=key if key in somebody else "",
            team_id=open_in.get(key, ""),
        )
        for key in keys
        if key in open_in or key not in somebody
    ]
    listed = in_order(shown, metric, standing.settings)
    return replace(listed, hidden=len(keys) - len(shown))


async def _open_in(
    tx: Tx, person: Person, team_ids: Sequence[str], person_ids: Collection[str]
) -> dict[str, str]:
    """Of these people those whose numbers are the reader's to see, each with the team in which they are."""
    chains = await teams.chains_of(tx, team_ids)
    found: dict[str, str] = {}
    for (team_id, one), roles in (await teams.roles_in(tx, team_ids)).items():
        thing = PersonNumbers(tx.workspace_id, team_id, one, roles, chains[team_id])
        if one in person_ids and may(person, Permission.METRICS_SEE_PERSON, thing):
            found[one] = team_id
    return found


async def _called(tx: Tx, person_ids: Collection[str]) -> dict[str, str]:
    """What people are called, to put them in order."""
    profiles = await people.profiles(tx, person_ids)
    return {one.id: one.called for one in profiles.values()}


async def _teams(
    tx: Tx, person: Person, standing: Standing, look: Look
) -> tuple[Metric | None, list[Metric], Members]:
    """All teams that the reader sees, each by itself; a department is all its teams. The choice of metrics is theirs together."""
    covered = {one.id: await seeing.covered(tx, person, one.id) for one in standing.teams}
    team_ids = sorted({one for some in covered.values() for one in some})
    rows = [
        await numbers.read(tx, team_ids, one.first, one.last)
        for one in (standing.period, standing.other)
    ]
    held = [_by(some, lambda row: row.team_id) for some in rows]
    known = await defining.known(tx)
    found = with_numbers(known, together(bundle for some in held for bundle in some.values()))
    if not found:
        return None, [], Members()
    metric = _chosen(found, look)
    listed = [
        _member(
            one.id,
            one.name,
            metric,
            [together(some[each] for each in covered[one.id] if each in some) for some in held],
            standing,
        )
        for one in standing.teams
    ]
    return metric, found, Members([one for one in listed if _says_anything(one)])


def _metric(metric: Metric, held: Sequence[Bundle], standing: Standing) -> Member:
    return replace(_member(metric.key, metric.name, metric, held, standing), metric=metric)


def _member(
    key: str, name: str, metric: Metric, held: Sequence[Bundle | None], standing: Standing
) -> Member:
    """`held` is what there is of the days that are looked at, and of those that they are compared with, if any."""
    values = [value_of(metric, one or Bundle()) for one in held]
    before = values[1] if len(values) > 1 else None
    is_few = too_few(metric, values[0], standing.settings.minimum_n)
    return Member(key, name, values[0], before=before, is_few=is_few)


def _says_anything(member: Member) -> bool:
    values = (member.value, member.before)
    return any(one is not None and one.amount is not None for one in values)


async def _read(
    tx: Tx, team_ids: Sequence[str], period: Period, metric: Metric, slice_: str
) -> list[Row]:
    """Of one slice, with samples only for what is made of them."""
    return await numbers.read(
        tx, team_ids, period.first, period.last, slice_=slice_, with_samples=metric.is_quantile
    )


def _by(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, Bundle]:
    """The rows of each together."""
    found: dict[str, Bundle] = {}
    for row in rows:
        found.setdefault(key(row), Bundle()).merge(row.bundle)
    return found
