"""What an Excel file with numbers is made of: of which teams, whose, and what they come to. Rights are asked anew each time."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.errors import Denied, Refused
from bot.people import Person
from bot.rules.metrics.alert.targets import Target, Targets, on_day
from bot.rules.metrics.comparison.guards import is_few
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.definition.values import Value, value_of
from bot.rules.metrics.look.sheets import (
    SLICES,
    Figure,
    Filled,
    Piece,
    SheetKey,
    Somebody,
    in_chunks,
    in_order,
    is_too_long,
)
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.slices import HOUR, PERSON, WHOLE, Row
from bot.rules.metrics.store.slices import label as label_slice
from bot.rules.reports import Asked, Period
from bot.rules.teams import Team
from bot.services.metrics.comparison import lines
from bot.services.metrics.digest import drawing
from bot.services.metrics.look import defining, seeing
from bot.services.metrics.store import numbers
from bot.text import _, escape
from storage import people
from storage.database import Database, Tx
from storage.metrics import members, names, rollups, targets

A_BATCH = 1
NO_TEAM = _(
    "You are in no team yet, so there are no numbers to send. Ask whoever leads you to add you to your team with `/baton`."
)
NOT_THEIRS = _("You do not see the numbers of these teams. Choose among your own.")
NO_METRIC = _("There is no metric “{key}”. Choose from: {keys}.")
LABEL = label_slice("")


async def teams_asked(tx: Tx, person: Person, asked: Asked) -> list[Team]:
    """The teams that were asked for, of those whose numbers this person sees; of a department also those below it.

    Raises Denied for any other, and for who sees none.
    """
    seen = await seeing.teams_seen(tx, person)
    if not seen:
        raise Denied(NO_TEAM)
    if not asked.team_ids:
        return seen
    if not set(asked.team_ids) <= {one.id for one in seen}:
        raise Denied(NOT_THEIRS)
    wanted = {below for one in asked.team_ids for below in await seeing.covered(tx, person, one)}
    return [one for one in seen if one.id in wanted]


async def see_form(db: Database, person: Person) -> tuple[list[Team], list[Metric]]:
    """What can be chosen. Raises Denied for who could have no file at all."""
    async with db.read(person.workspace_id) as tx:
        seen = await seeing.teams_seen(tx, person)
        if not seen:
            raise Denied(NO_TEAM)
        return seen, list((await defining.known(tx)).values())


async def check_known(tx: Tx, asked: Asked) -> None:
    """Raises Refused for a metric that there is not."""
    known = await defining.known(tx)
    for key in asked.choice.kinds:
        if key not in known:
            raise Refused(NO_METRIC, key=escape(key), keys=", ".join(sorted(known)))


async def ids_asked(
    tx: Tx, person: Person, asked: Asked, chosen: Sequence[Team], *, most: int
) -> list[Piece]:
    """The pieces of the file, those together first. Raises StillCounting."""
    known = await defining.known(tx)
    count = len(asked.choice.kinds) or len(known)
    wanted = [one for one in SheetKey if one not in asked.choice.no_sheets]
    whole = [one for one in wanted if not one.is_of_people and one is not SheetKey.LABELS]
    groups: list[tuple[str, ...]] = [(one.id,) for one in chosen]
    if len(groups) > 1:
        groups.insert(0, tuple(one.id for one in chosen))
    too_long: list[SheetKey] = [
        one for one in whole if is_too_long(one, asked.period, len(groups), count)
    ]
    found = [
        Piece(sheet, group, asked.period, SLICES[sheet], asked.choice.kinds)
        for sheet in whole
        if sheet not in too_long
        for group in groups
    ]
    if SheetKey.LABELS in wanted:
        found += [one async for one in _labels(tx, groups, asked)]
    of_people = [one for one in wanted if one.is_of_people]
    seen = [await _people(tx, person, one, asked) for one in chosen] if of_people else []
    everybody = sum(len(one.people) for one in seen)
    for sheet in of_people:
        if is_too_long(sheet, asked.period, everybody, count):
            too_long.append(sheet)
        else:
            found += [piece for one in seen for piece in one.pieces(sheet, asked)]
    hidden = sum(one.hidden for one in seen)
    return _with_first(found, tuple(too_long), hidden)[:most]


async def read(
    tx: Tx, ids: Sequence[Piece], *, now: datetime
) -> tuple[list[Filled], dict[str, str]]:
    """What these pieces come to. Raises StillCounting."""
    known = await defining.known(tx)
    return [await _fill(tx, piece, known, now=now) for piece in ids], {}


@dataclass(frozen=True, slots=True)
class Seen:
    """The people of a team whose numbers the reader sees, and of how many they do not."""

    team_id: str
    people: Sequence[Somebody]
    hidden: int

    def pieces(self, sheet: SheetKey, asked: Asked) -> Iterator[Piece]:
        for chunk in in_chunks(self.people):
            yield Piece(sheet, (self.team_id,), asked.period, PERSON, asked.choice.kinds, chunk)


def _with_first(found: list[Piece], too_long: tuple[SheetKey, ...], hidden: int) -> list[Piece]:
    return [replace(one, too_long=too_long, hidden=hidden) for one in found[:1]] + found[1:]


async def _labels(tx: Tx, groups: Sequence[tuple[str, ...]], asked: Asked) -> AsyncIterator[Piece]:
    """The labels that sources have of their own, such as their shifts."""
    for group in groups:
        for slice_ in await members.slices(tx, group, asked.period.first, asked.period.last):
            if slice_.startswith(LABEL):
                yield Piece(SheetKey.LABELS, group, asked.period, slice_, asked.choice.kinds)


async def _people(tx: Tx, person: Person, team: Team, asked: Asked) -> Seen:
    """All that this person leads, else only themselves. A name that is nobody yet is for all who lead the team."""
    named = (await names.get_all(tx, await _named(tx, team.id, asked.period))).values()
    by_key: dict[str, list[str]] = {}
    for one in named:
        by_key.setdefault(one.person_id or one.id, []).append(one.id)
    leads = team.id in {one.id for one in await seeing.teams_led(tx, person)}
    theirs = {who for _team, who in await drawing.people_seen(tx, [team.id], person)}
    theirs |= {one.id for one in named if not one.person_id} if leads else set()
    theirs.add(person.id)
    profiles = await people.profiles(tx, {one.person_id for one in named} - {""})
    called = {one.id: one.name for one in named} | {one.id: one.called for one in profiles.values()}
    somebodies = {one.person_id for one in named}
    found = [
        Somebody(key, called.get(key, key), tuple(sorted(ids)), key if key in somebodies else "")
        for key, ids in by_key.items()
        if key in theirs
    ]
    found.sort(key=lambda one: (one.called.casefold(), one.key))
    return Seen(team.id, found, len(by_key) - len(found))


async def _named(tx: Tx, team_id: str, period: Period) -> set[str]:
    """The names in the numbers of these days, those that came in just now too."""
    found = await members.in_slice(tx, [team_id], PERSON, period.first, period.last)
    for day in map(date.fromisoformat, await rollups.stale_between(tx, period.first, period.last)):
        rows = await numbers.read(tx, [team_id], day, day, slice_=PERSON, with_samples=False)
        found |= {row.member for row in rows}
    return found


async def _fill(tx: Tx, piece: Piece, known: Mapping[str, Metric], *, now: datetime) -> Filled:
    metrics = [known[key] for key in piece.metrics or known if key in known]
    held = await targets.of_teams(tx, piece.team_ids)
    minimum_n = await lines.minimum_n(tx, piece.team_ids)
    aims = _each_day_once(held)
    days: set[date] = set()
    figures: list[Figure] = []

    def add(who: Somebody, period: Period, metric: Metric, value: Value) -> None:
        if value.amount is None:
            return
        scope = Scope(piece.team_ids, who.person_id)
        target = lines.aim(aims(min(period.last, now.date())), scope, metric)
        few = is_few(metric, value, minimum_n)
        place = (piece.sheet, piece.team_id, who.called, who.person_id)
        figures.append(Figure(*place, period, metric, value, target, few))

    async for who, period, bundle in _bundles(tx, piece, metrics, days):
        for metric in metrics:
            if not metric.is_running:
                add(who, period, metric, value_of(metric, bundle))
    for period, metric, value in await _running(tx, piece, metrics):
        add(NOBODY, period, metric, value)
    return Filled(piece, in_order(piece.sheet, figures, metrics), frozenset(days))


NOBODY = Somebody("", "", ())


async def _bundles(
    tx: Tx, piece: Piece, metrics: Sequence[Metric], days: set[date]
) -> AsyncIterator[tuple[Somebody, Period, Bundle]]:
    """What is in each line, a month in memory at a time; and the `days` of which there is anything."""
    who = {name_id: one for one in piece.people for name_id in one.name_ids}
    whole: dict[Somebody, Bundle] = {}
    for some in piece.stretches():
        rows = await numbers.read(
            tx,
            piece.team_ids,
            some[0].first,
            some[-1].last,
            slice_=piece.slice,
            members=piece.name_ids,
            with_samples=any(one.is_quantile for one in metrics),
        )
        held: dict[tuple[Somebody, Period], Bundle] = {}
        span_of = {day: one for one in some for day in _days(one)}
        for row in await _without_people(tx, piece, rows):
            days.add(row.day)
            member = who.get(row.member) or Somebody(row.member, _shown(piece, row.member), ())
            if piece.sheet.by is None:
                whole.setdefault(member, Bundle()).merge(row.bundle)
            else:
                held.setdefault((member, span_of[row.day]), Bundle()).merge(row.bundle)
        for (member, span), bundle in held.items():
            yield member, span, bundle
    for member, bundle in whole.items():
        yield member, piece.period, bundle


async def _without_people(tx: Tx, piece: Piece, rows: Sequence[Row]) -> Sequence[Row]:
    """Whatever a column is taken for, somebody's numbers are theirs: what is a person's name is left out."""
    if piece.slice in {PERSON, WHOLE, HOUR}:
        return rows
    somebody = await names.known(tx, {row.member for row in rows})
    return [row for row in rows if row.member not in somebody]


async def _running(
    tx: Tx, piece: Piece, metrics: Sequence[Metric]
) -> list[tuple[Period, Metric, Value]]:
    """What goes on from day to day, of teams as a whole."""
    running = [one for one in metrics if one.is_running]
    if piece.slice != WHOLE or not running:
        return []
    held = await lines.up_to(tx, Scope(piece.team_ids), running, piece.period.last)
    spans = (
        [one for some in piece.stretches() for one in some] if piece.sheet.by else [piece.period]
    )
    return [(span, one, held.value(one, span)) for span in spans for one in running]


def _shown(piece: Piece, member: str) -> str:
    """A channel or topic as its source calls it, a label with its name."""
    if piece.sheet is SheetKey.LABELS:
        return f"{piece.slice.removeprefix(LABEL)}: {member}"
    return f"{member}:00" if piece.sheet is SheetKey.HOURS else member


def _days(period: Period) -> Iterator[date]:
    for number in range(period.first.toordinal(), period.last.toordinal() + 1):
        yield date.fromordinal(number)


def _each_day_once(held: Sequence[Target]) -> Callable[[date], Targets]:
    """What is aimed at on a day, found out once for each."""
    known: dict[date, Targets] = {}

    def aims(day: date) -> Targets:
        if day not in known:
            known[day] = on_day(held, day)
        return known[day]

    return aims
