"""Those by whom numbers are told apart: first who they are, then the numbers of one page, or of all where they are ranked."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.metrics.comparison.fairness import fairness
from bot.rules.metrics.comparison.guards import Trend, trend
from bot.rules.metrics.definition.registry import Direction, Metric
from bot.rules.metrics.definition.values import Value, value_of
from bot.rules.metrics.look.looked import Member, Members, Standing, in_order, too_few
from bot.rules.metrics.look.looks import A_PAGE
from bot.rules.metrics.look.things import PersonNumbers
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.slices import PERSON, Row
from bot.rules.reports.periods import Period
from bot.services.metrics.look import seeing
from bot.services.metrics.store import numbers
from storage import people, teams
from storage.database import Tx
from storage.metrics import members, names, rollups

MOST_RANKED = 15_000
"""People and days together that are read while somebody waits, which is less than two seconds even with samples."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One of those that are listed. `ids` are what their numbers are kept under; the rest is as in `Member`."""

    key: str
    name: str
    ids: tuple[str, ...]
    person_id: str = ""
    team_id: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is listed: a metric of these teams by a slice, over some days and perhaps some others."""

    team_ids: Sequence[str]
    slice: str
    metric: Metric
    periods: Sequence[Period]
    standing: Standing


async def others_of(
    tx: Tx, team_ids: Sequence[str], slice_: str, standing: Standing, metric: Metric
) -> Members:
    """Channels, topics, hours and the members of labels, in the order of what they are called.

    Whatever a column is taken for, somebody's numbers are theirs: what is a person's name is left out.
    """
    asked = Asked(team_ids, slice_, metric, (standing.period,), standing)
    there = await _members(tx, asked)
    somebody = await names.known(tx, there)
    found = [Entry(one, one, (one,)) for one in there if one not in somebody]
    return Members(await _one_page(tx, asked, _by_name(found)), hidden=len(somebody))


async def people_of(
    tx: Tx, person: Person, standing: Standing, metric: Metric, periods: Sequence[Period]
) -> Members:
    """Those of the team whose numbers are the reader's to see, and of the others how many there are.

    A name that is nobody yet is for all who lead the team: nobody else could say who that is.
    """
    led = {one.id for one in await seeing.teams_led(tx, person)}
    team_ids = [one for one in await seeing.covered(tx, person, standing.team.id) if one in led]
    asked = Asked(team_ids, PERSON, metric, periods, standing)
    entries, hidden = await _entries(tx, person, asked)
    settings = standing.settings
    wants_order = settings.has_ranking and metric.direction is not Direction.NONE
    if not wants_order:
        return Members(await _one_page(tx, asked, entries), hidden=hidden)
    days = sum((one.last - one.first).days + 1 for one in periods)
    if days * sum(len(one.ids) for one in entries) > MOST_RANKED:
        return Members(await _one_page(tx, asked, entries), hidden=hidden, is_too_much=True)
    found = in_order(await _filled(tx, asked, entries, None), metric, settings)
    return Members(found.all, found.ranked, hidden)


def by(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, Bundle]:
    """The rows of each together."""
    found: dict[str, Bundle] = {}
    for row in rows:
        found.setdefault(key(row), Bundle()).merge(row.bundle)
    return found


def member(
    key: str, name: str, metric: Metric, held: Sequence[Bundle | None], standing: Standing
) -> Member:
    """`held` is what there is of the days that are looked at, and of those that they are compared with, if any."""
    values = [value_of(metric, one or Bundle()) for one in held]
    is_few = too_few(metric, values[0], standing.settings.minimum_n)
    one = Member(key, name, values[0], is_few=is_few)
    if len(values) == 1:
        return one
    return replace(one, before=values[1], trend=_trend(metric, values, standing))


def _trend(metric: Metric, values: Sequence[Value], standing: Standing) -> Trend:
    """Of an amount only if both times have as many days: more days bring more, whatever happened in them."""
    is_fair = fairness(standing.period, standing.other).are_as_long or metric.is_running
    if metric.is_amount and not is_fair:
        return Trend.UNKNOWN
    return trend(metric, values[0], values[1], standing.settings.minimum_n)


async def _members(tx: Tx, asked: Asked) -> set[str]:
    """Who or what there are numbers of: from roll-ups, and of days that have just changed from their facts."""
    found: set[str] = set()
    for period in asked.periods:
        found |= await members.in_slice(tx, asked.team_ids, asked.slice, period.first, period.last)
        for day in await rollups.stale_between(tx, period.first, period.last):
            changed = date.fromisoformat(day)
            rows = await numbers.read(tx, asked.team_ids, changed, changed, slice_=asked.slice)
            found |= {row.member for row in rows}
    return found


async def _entries(tx: Tx, person: Person, asked: Asked) -> tuple[list[Entry], int]:
    """The people in these numbers by name, and how many more there are whose numbers the reader may not see."""
    named = (await names.get_all(tx, await _members(tx, asked))).values()
    ids: dict[str, list[str]] = {}
    for one in named:
        ids.setdefault(one.person_id or one.id, []).append(one.id)
    somebody = {one.person_id for one in named} - {""}
    open_in = await _open_in(tx, person, asked.team_ids, somebody)
    called = {one.id: one.name for one in named if not one.person_id}
    called |= await _called(tx, somebody)
    found = [
        Entry(
            key,
            called.get(key, key),
            tuple(held),
            key if key in somebody else "",
            open_in.get(key, ""),
        )
        for key, held in ids.items()
        if key in open_in or key not in somebody
    ]
    return _by_name(found), len(ids) - len(found)


async def _open_in(
    tx: Tx, person: Person, team_ids: Sequence[str], person_ids: Collection[str]
) -> Mapping[str, str]:
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


async def _one_page(tx: Tx, asked: Asked, entries: Sequence[Entry]) -> list[Member]:
    """All of them, and numbers for those on the page that is shown."""
    at = asked.standing.look.page * A_PAGE
    shown = entries[at : at + A_PAGE]
    filled = {
        one.key: one
        for one in await _filled(tx, asked, shown, [i for one in shown for i in one.ids])
    }
    return [filled.get(one.key) or _bare(one) for one in entries]


async def _filled(
    tx: Tx, asked: Asked, entries: Sequence[Entry], ids: Collection[str] | None
) -> list[Member]:
    """With their numbers; `ids` are theirs, or None for those of everybody."""
    key_of = {name_id: one.key for one in entries for name_id in one.ids}
    held = []
    for period in asked.periods:
        rows = await numbers.read(
            tx,
            asked.team_ids,
            period.first,
            period.last,
            slice_=asked.slice,
            members=ids,
            with_samples=asked.metric.is_quantile,
        )
        held.append(
            by((row for row in rows if row.member in key_of), lambda row: key_of[row.member])
        )
    return [
        replace(
            member(
                one.key,
                one.name,
                asked.metric,
                [some.get(one.key) for some in held],
                asked.standing,
            ),
            person_id=one.person_id,
            team_id=one.team_id,
        )
        for one in entries
    ]


def _bare(one: Entry) -> Member:
    return Member(one.key, one.name, Value(), one.person_id, one.team_id)


def _by_name(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: (one.name.casefold(), one.key))
