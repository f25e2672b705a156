"""Looking at numbers: a team's, one's own, and those of somebody whom one leads."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import Denied, Refused
from bot.people import Person, Role
from bot.permissions import Permission, may
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.definition.values import value_of
from bot.rules.metrics.look.looked import Overview, Standing
from bot.rules.metrics.look.looks import METRICS_ON_A_PAGE, Look, View, over_time
from bot.rules.metrics.store.bundles import Bundle, together
from bot.rules.reports.periods import Period
from bot.rules.teams import Team, name_key
from bot.rules.wall_clock import day_of
from bot.services.metrics.comparison.lines import lines_of, whose
from bot.services.metrics.comparison.series import series_of
from bot.services.metrics.look import defining, seeing
from bot.services.metrics.store import numbers
from bot.text import _, escape
from storage import teams
from storage.database import Database, Tx
from storage.metrics import digests, members, names, settings

LATELY = timedelta(days=28)
NO_TEAM = _(
    "You are in no team yet, so there are no numbers to show. Ask whoever leads you to add you to your team with `/baton`."
)
NO_SUCH_TEAM = _("There is no team “{name}” whose numbers you may see.")


async def overview(db: Database, person: Person, look: Look, *, now: datetime) -> Overview:
    """A team's numbers, of a department those of all its teams. Raises Denied, and Refused for who sees no team."""
    async with db.read(person.workspace_id) as tx:
        standing = await stand(tx, person, look, now=now)
        team_ids = await seeing.covered(tx, person, standing.team.id)
        seen = Overview(
            standing.look,
            standing.period,
            newest=await members.newest_day(tx, team_ids),
            is_counting=await members.is_counting(tx),
            standing=standing,
        )
        return await _told(tx, seen, Scope(team_ids), now=now)


async def mine(db: Database, person: Person, look: Look, *, now: datetime) -> Overview:
    """One's own numbers, wherever they were brought in, and who else sees them."""
    own = replace(look, view=View.PERSON, team_id="", person_id="")
    async with db.read(person.workspace_id) as tx:
        named = (await names.of_person(tx, person.id))[person.id]
        found = await teams.find_of_person(tx, person.id)
        team_ids = {one.id for one in found} | set(await members.teams_of(tx, named))
        readers = [await _readers(tx, one, person.id) for one in found]
        seen = Overview(
            own,
            own.period(day_of(now, person.zone)),
            is_counting=await members.is_counting(tx),
            person_id=person.id,
            readers=sorted({one for some in readers for one in some}),
            is_linked=bool(named),
        )
        return await _told(tx, seen, Scope(tuple(sorted(team_ids)), person.id), now=now)


async def theirs(db: Database, person: Person, look: Look, *, now: datetime) -> Overview:
    """The numbers in a team of somebody whom one leads. Raises Denied."""
    async with db.read(person.workspace_id) as tx:
        team = await seeing.check_see_person(tx, person, look.team_id, look.person_id)
        named = (await names.of_person(tx, look.person_id))[look.person_id]
        seen = Overview(
            look,
            look.period(day_of(now, team.zone)),
            is_counting=await members.is_counting(tx),
            person_id=look.person_id,
            readers=await _readers(tx, team, look.person_id),
            is_linked=bool(named),
        )
        return await _told(tx, seen, Scope((team.id,), look.person_id), now=now)


async def team_called(db: Database, person: Person, name: str) -> Team:
    """The team of this name, or the only one with these words in it, of those whose numbers they see. Raises Refused."""
    async with db.read(person.workspace_id) as tx:
        seen = await seeing.teams_seen(tx, person)
    found = [one for one in seen if name_key(name) in name_key(one.name)]
    same = [one for one in found if name_key(one.name) == name_key(name)]
    if len(same or found) != 1:
        raise Refused(NO_SUCH_TEAM, name=escape(name))
    return (same or found)[0]


async def stand(tx: Tx, person: Person, look: Look, *, now: datetime) -> Standing:
    """What is looked at, filled in: the reader's own first team if none is named. Raises Denied, and Refused."""
    seen = await seeing.teams_seen(tx, person)
    if not seen:
        raise Refused(NO_TEAM)
    wanted = look.team_id or seeing.first_of(person, seen).id
    team = next((one for one in seen if one.id == wanted), None)
    if team is None:
        raise Denied(seeing.ONLY_THE_TEAM)
    thing = await seeing.numbers_of(tx, team.id)
    today = day_of(now, team.zone)
    return Standing(
        replace(look, team_id=team.id),
        team,
        seen,
        len(await seeing.covered(tx, person, team.id)),
        look.period(today),
        look.other(today),
        await settings.of_team(tx, team.id),
        may(person, Permission.METRICS_LEAD, thing),
        may(person, Permission.METRICS_SET, thing),
        may(person, Permission.METRICS_IMPORT, thing),
        bool(await digests.read_by(tx, person.id)),
    )


async def whole(tx: Tx, scope: Scope, period: Period) -> Bundle:
    """Everything of these days together."""
    of = await whose(tx, scope)
    rows = await numbers.read(
        tx, scope.team_ids, period.first, period.last, slice_=of.slice, members=of.members
    )
    return together(row.bundle for row in rows)


def with_numbers(known: Mapping[str, Metric], bundle: Bundle) -> list[Metric]:
    """The metrics of which there is anything in it."""
    return [one for one in known.values() if value_of(one, bundle).amount is not None]


async def _told(tx: Tx, seen: Overview, scope: Scope, *, now: datetime) -> Overview:
    """With the lines of one page of metrics, and the chosen one over time."""
    look, period = seen.look, seen.period
    known = await defining.known(tx)
    lately = Period(period.first - LATELY, period.last)
    found = with_numbers(known, await whole(tx, scope, lately))
    if not found:
        return seen
    at = look.page * METRICS_ON_A_PAGE
    shown = found[at : at + METRICS_ON_A_PAGE] or found[:METRICS_ON_A_PAGE]
    keys = [one.key for one in shown]
    lines = await lines_of(tx, scope, keys, period, look.cadence, now=now)
    metric = next((one for one in found if one.key == look.metric), shown[0])
    first, by = over_time(look, period)
    series = await series_of(tx, scope, metric.key, first, period.last, by=by)
    filled = replace(look, metric=metric.key)
    return replace(seen, look=filled, metrics=found, lines=lines, series=series)


async def _readers(tx: Tx, team: Team, person_id: str) -> list[str]:
    """Who else sees somebody's numbers in a team: exactly those whom the permission table lets."""
    thing = await seeing.person_numbers(tx, team.id, person_id)
    by_person: dict[str, dict[str, frozenset[Role]]] = {}
    for (team_id, one), roles in (await teams.roles_in(tx, thing.chain)).items():
        by_person.setdefault(one, {})[team_id] = roles
    return sorted(
        one
        for one, roles in by_person.items()
        if one != person_id
        and may(Person(tx.workspace_id, one, roles=roles), Permission.METRICS_SEE_PERSON, thing)
    )
