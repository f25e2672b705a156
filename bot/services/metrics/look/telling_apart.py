"""A team's numbers told apart: by its people for those who lead them, by channel, topic, hour and label for all who see it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.people import Person
from bot.rules.metrics.comparison.charts import LINES, Series
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.look.looked import Apart, Member, Members, Standing
from bot.rules.metrics.look.looks import A_PAGE, Look, Versus, over_time
from bot.rules.metrics.store.bundles import Bundle, together
from bot.rules.metrics.store.slices import PERSON, WHOLE
from bot.services.metrics.comparison.series import series_of
from bot.services.metrics.look import defining, seeing
from bot.services.metrics.look.listing import by, member, others_of, people_of
from bot.services.metrics.look.looking import stand, whole, with_numbers
from bot.services.metrics.store import numbers
from storage.database import Database, Tx
from storage.metrics import members


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
        slice_ = look.by if look.by in slices else slices[0]
        metric = _chosen(found, look)
        if slice_ == PERSON:
            listed = await people_of(tx, person, standing, metric, (period,))
        else:
            listed = await others_of(tx, team_ids, slice_, standing, metric)
    filled = replace(standing.look, by=slice_, metric=metric.key)
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
        charted: list[tuple[str, Series]] = []
        if versus is Versus.PERIODS:
            listed = Members([_metric(one, held, standing) for one in found])
            metric = None
        elif versus is Versus.TEAMS:
            metric, found, listed, charted = await _teams(tx, person, standing, look)
        else:
            metric = _chosen(found, look) if found else None
            listed = await people_of(tx, person, standing, metric, periods) if metric else Members()
    filled = replace(standing.look, versus=versus, metric=metric.key if metric else look.metric)
    return Apart(replace(standing, look=filled), found, metric, listed, over_time=charted)


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


async def _teams(
    tx: Tx, person: Person, standing: Standing, look: Look
) -> tuple[Metric | None, list[Metric], Members, list[tuple[str, Series]]]:
    """All teams that the reader sees, each by itself; a department is all its teams. The choice of metrics is theirs together."""
    covered = {one.id: await seeing.covered(tx, person, one.id) for one in standing.teams}
    team_ids = sorted({one for some in covered.values() for one in some})
    rows = [
        await numbers.read(tx, team_ids, one.first, one.last)
        for one in (standing.period, standing.other)
    ]
    held = [by(some, lambda row: row.team_id) for some in rows]
    known = await defining.known(tx)
    found = with_numbers(known, together(bundle for some in held for bundle in some.values()))
    if not found:
        return None, [], Members(), []
    metric = _chosen(found, look)
    listed = [
        member(
            one.id,
            one.name,
            metric,
            [together(some[each] for each in covered[one.id] if each in some) for some in held],
            standing,
        )
        for one in standing.teams
    ]
    told = [one for one in listed if _says_anything(one)]
    shown = told[look.page * A_PAGE :][:LINES] or told[:LINES]
    first, by_ = over_time(look, standing.period)
    charted = [
        (
            one.name,
            await series_of(
                tx, Scope(covered[one.key]), metric.key, first, standing.period.last, by=by_
            ),
        )
        for one in shown
    ]
    return metric, found, Members(told), charted


def _metric(metric: Metric, held: Sequence[Bundle], standing: Standing) -> Member:
    return replace(member(metric.key, metric.name, metric, held, standing), metric=metric)


def _says_anything(one: Member) -> bool:
    values = (one.value, one.before)
    return any(value is not None and value.amount is not None for value in values)
