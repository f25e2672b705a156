"""Lines of digests and views: what is read for them, at a stroke, and what is made of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.rules.metrics.alert.targets import Targets
from bot.rules.metrics.comparison import comparing
from bot.rules.metrics.comparison.comparing import Held
from bot.rules.metrics.comparison.guards import CATCHES
from bot.rules.metrics.comparison.lines import Asked, Line, line
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.look.settings import MINIMUM_N
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.slices import PERSON, WHOLE, Row
from bot.rules.reports.periods import Period
from bot.rules.wall_clock import day_of
from bot.services.metrics.alert import targets
from bot.services.metrics.comparison import noting
from bot.services.metrics.look import defining
from bot.services.metrics.store import numbers
from storage import teams
from storage.database import Tx
from storage.metrics import names, settings

A_YEAR = timedelta(days=366)
LONG_AGO = date(2000, 1, 1)
"""From here on, what goes on from day to day is added up."""


async def lines_of(
    tx: Tx,
    scope: Scope,
    metrics: Sequence[str],
    period: Period,
    cadence: Cadence,
    *,
    now: datetime,
    most: int | None = None,
) -> list[Line]:
    """A line for each metric that there is, or the first ones, in the order given. Who may see them was asked before.

    All days that the comparisons need are read once, however many metrics there are. Raises StillCounting.
    """
    known = await defining.known(tx)
    chosen = [known[key] for key in metrics if key in known][:most]
    asked = Asked(period, cadence, await minimum_n(tx, scope.team_ids), known)
    held = Held.of(await _read(tx, scope.team_ids, chosen, asked, await whose(tx, scope)))
    said = await _noted(tx, scope, now)
    aims = await targets.targets_on(tx, scope.team_ids, _lately(period, now))
    so_far = await up_to(tx, scope, chosen, period.last)
    found = [
        line(
            one,
            so_far if one.is_running else held,
            asked,
            target=aim(aims, scope, one),
            note=said.get(one.key, ""),
        )
        for one in chosen
    ]
    return await _with_names(tx, scope, await _with_last_days(tx, scope, found, asked))


async def of_people(
    tx: Tx,
    team_ids: Sequence[str],
    period: Period,
    owners: Mapping[str, str],
    seen: Collection[tuple[str, str]],
    *,
    with_samples: bool = False,
) -> Mapping[str, Bundle]:
    """What the period comes to for each who has any numbers in it, read once for all of them.

    `owners` are people by the id of a name, `seen` the teams and people whose numbers may be told. Nobody is in any order.
    Raises StillCounting.
    """
    by_person: dict[str, Bundle] = {}
    found = await numbers.totals(
        tx,
        team_ids,
        period,
        slice_=PERSON,
        members=owners.keys(),
        with_samples=with_samples,
    )
    for (team_id, member), bundle in found.items():
        person_id = owners[member]
        if (team_id, person_id) not in seen:
            continue
        if person_id in by_person:
            by_person[person_id].merge(bundle)
        else:
            by_person[person_id] = bundle
    return by_person


@dataclass(frozen=True, slots=True)
class Whose:
    """Which bundles of the teams are read: of a slice, all or only those of some members."""

    slice: str
    members: Collection[str] | None = None


async def whose(tx: Tx, scope: Scope) -> Whose:
    """The whole of the teams, or what is kept under the names that stand for one person."""
    if not scope.person_id:
        return Whose(WHOLE)
    return Whose(PERSON, (await names.of_person(tx, scope.person_id))[scope.person_id])


async def read(
    tx: Tx, team_ids: Sequence[str], whose: Whose, period: Period, metrics: Iterable[Metric]
) -> list[Row]:
    """What these days came to, with samples only if one of the metrics is made of them."""
    return await numbers.read(
        tx,
        team_ids,
        period.first,
        period.last,
        slice_=whose.slice,
        members=whose.members,
        with_samples=any(one.is_quantile for one in metrics),
    )


async def _read(
    tx: Tx, team_ids: Sequence[str], chosen: Sequence[Metric], asked: Asked, whose: Whose
) -> list[Row]:
    """Each day once, of all that the lines and what they are compared with are made of."""
    keys = {one.key for one in chosen}
    beside = {one.other for one in CATCHES if one.metric in keys} & asked.known.keys()
    needed = [*chosen, *(asked.known[key] for key in beside)]
    spans = comparing.before(asked.period, asked.cadence).values()
    every = [asked.period, *(period for periods in spans for period in periods)]
    rows: list[Row] = []
    for stretch in comparing.stretches(every):
        rows += await read(tx, team_ids, whose, stretch, needed)
    return rows


async def up_to(tx: Tx, scope: Scope, chosen: Sequence[Metric], last: date) -> Held:
    """All that is known up to a day, for what goes on from day to day; nothing if none of these does."""
    if not any(one.is_running for one in chosen):
        return Held({})
    period = Period(LONG_AGO, last)
    return Held.of(await read(tx, scope.team_ids, await whose(tx, scope), period, ()))


async def _with_last_days(tx: Tx, scope: Scope, lines: Sequence[Line], asked: Asked) -> list[Line]:
    """With the last day on which there was any data, for those that have none now. Nobody looks back further than a year."""
    empty = [one.metric for one in lines if not one.is_known]
    if not empty:
        return list(lines)
    past = Period(asked.period.last - A_YEAR, asked.period.last)
    held = Held.of(await read(tx, scope.team_ids, await whose(tx, scope), past, empty))
    return [
        one if one.is_known else replace(one, last_day=held.last_day(one.metric, past))
        for one in lines
    ]


async def _with_names(tx: Tx, scope: Scope, lines: Sequence[Line]) -> list[Line]:
    """What teams are called of which data is missing. Those that are gone, or that a person has left, are missed by nobody."""
    if not any(one.missing for one in lines):
        return list(lines)
    known = [] if scope.person_id else await teams.list_all(tx)
    called = {one.id: one.name for one in known}
    return [
        replace(one, missing=tuple(called[team] for team in one.missing if team in called))
        for one in lines
    ]


async def minimum_n(tx: Tx, team_ids: Sequence[str]) -> int:
    """The strictest of these teams'."""
    held = await settings.of_teams(tx, team_ids)
    return max((one.minimum_n for one in held.values()), default=MINIMUM_N)


async def target_of(tx: Tx, scope: Scope, metric: Metric, day: date) -> float | None:
    """What is aimed at on that day."""
    return aim(await targets.targets_on(tx, scope.team_ids, day), scope, metric)


def _lately(period: Period, now: datetime) -> date:
    """The day whose targets count: what begins later in a period that is not over is not aimed at yet."""
    return min(period.last, now.date())


def aim(aims: Targets, scope: Scope, metric: Metric) -> float | None:
    """Of several teams together only what all of them aim at: nobody set a target for the sum."""
    found = {aims.amount(metric.key, one, scope.person_id) for one in scope.team_ids}
    if scope.person_id:
        found.discard(None)
    return found.pop() if len(found) == 1 else None


async def _noted(tx: Tx, scope: Scope, now: datetime) -> Mapping[str, str]:
    """What is said beside the numbers of one team; not beside those of a person, whom it was not said of."""
    if scope.person_id or len(scope.team_ids) != 1:
        return {}
    team = await teams.find(tx, scope.team_ids[0])
    if team is None:
        return {}
    held = await noting.notes_on(tx, team.id, day_of(now, team.zone))
    return {one.metric: one.words for one in held}
