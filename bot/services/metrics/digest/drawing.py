"""What a digest shows to one reader at this moment. Whose numbers they may see is asked anew each time."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.delivery import Drawn
from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.digest import digest_days
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digests import About, Digest
from bot.rules.metrics.digest.posts import Post
from bot.rules.metrics.digest.telling import Part, Told, first_by_name, people_parts
from bot.rules.metrics.look.things import PersonNumbers
from bot.rules.reports import Period
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.metrics.comparison import lines, series
from bot.services.metrics.look import defining, seeing
from bot.services.metrics.store.numbers import StillCounting
from bot.text import Text
from bot.views.metrics import digest as views
from storage import people, teams
from storage.database import Tx
from storage.metrics import digests, names


async def draw(tx: Tx, subject: str, channel: str, *, now: datetime) -> Drawn | None:
    """The card of a post, in the team's words. Nothing for one that is gone, or for who may not see it any more."""
    post = await digests.find_post(tx, subject)
    digest = await digests.find(tx, post.digest_id) if post else None
    team = await teams.find(tx, digest.team_id) if digest else None
    if post is None or digest is None or team is None:
        return None
    reader = await find_reader(tx, channel)
    if not await may_read(tx, digest, reader, channel):
        return None
    t = await _text(tx, team, reader)
    reader_id = reader.id if reader else ""
    try:
        told = await load(tx, digest, team, post.period, reader, post=post, now=now)
    except StillCounting:
        told = Told(digest, team.name, post.period, (), post=post, reader_id=reader_id)
    return Drawn(*views.message(told, t))


async def load(
    tx: Tx,
    digest: Digest,
    team: Team,
    period: Period,
    reader: Person | None,
    *,
    now: datetime,
    post: Post | None = None,
) -> Told:
    """Everything that it shows. `reader` is None for a channel: what is about single people is never in it then.

    Raises StillCounting.
    """
    found = await lines_of(tx, digest, period, post=post, now=now)
    cadence = post.cadence if post else digest.cadence
    scope = await scope_of(tx, digest)
    keys = [one.metric.key for one in found]
    by_team: Sequence[Part] = ()
    by_person: Sequence[Part] = ()
    more = 0
    if digest.choice.about is About.DEPARTMENT:
        by_team = await _by_team(tx, scope, keys, period, cadence, now)
    if digest.choice.by_person and reader:
        metrics = [one.metric for one in found if not one.metric.is_running]
        by_person, more = await _by_person(tx, scope, metrics, period, reader)
    charted = None
    if digest.choice.has_chart and keys:
        days, by = digest_days.charted(cadence, period)
        charted = await series.series_of(tx, scope, keys[0], days.first, days.last, by=by)
    retired = await _retired(tx, (post or digest).metrics, keys)
    return Told(
        *(digest, team.name, period, found, by_team, by_person, post, charted),
        retired=retired,
        more=more,
        reader_id=reader.id if reader else "",
    )


async def lines_of(
    tx: Tx,
    digest: Digest,
    period: Period,
    *,
    now: datetime,
    post: Post | None = None,
    most: int | None = None,
) -> list[Line]:
    """The digest's own lines, all or the first ones; of what was posted, those that were posted. Raises StillCounting."""
    scope = await scope_of(tx, digest)
    wanted = post.metrics if post else digest.metrics
    cadence = post.cadence if post else digest.cadence
    return await lines.lines_of(tx, scope, wanted, period, cadence, now=now, most=most)


async def _retired(tx: Tx, wanted: Collection[str], found: Collection[str]) -> list[str]:
    """What those are called that nobody keeps any more."""
    missing = [one for one in wanted if one not in found]
    gone = await defining.retired(tx) if missing else {}
    return [gone[one].name for one in missing if one in gone]


async def scope_of(tx: Tx, digest: Digest) -> Scope:
    """Of a department, also all teams that report to it now."""
    if digest.choice.about is not About.DEPARTMENT:
        return Scope((digest.team_id,), digest.person_id)
    return Scope((digest.team_id, *sorted(await teams.below(tx, [digest.team_id]))))


async def places_of(tx: Tx, digest: Digest) -> tuple[str, ...]:
    """Where it is to be said now: a reader who may not see these numbers any more gets nothing."""
    return tuple(
        [
            place
            for place in digest.places
            if await may_read(tx, digest, await find_reader(tx, place), place)
        ]
    )


async def may_read(tx: Tx, digest: Digest, reader: Person | None, place: str) -> bool:
    """Whether it may be told there. `reader` is who alone reads it there, if so.

    A team's numbers are for the channel that its leads chose; those of one person never are for any.
    """
    if not is_private(place):
        return digest.choice.about is not About.PERSON
    if reader is None:
        return False
    scope = await scope_of(tx, digest)
    if digest.choice.about is About.PERSON:
        thing = await seeing.person_numbers(tx, digest.team_id, digest.person_id)
        return may(reader, Permission.METRICS_SEE_PERSON, thing)
    return await seeing.may_see_all(tx, reader, scope.team_ids)


def is_private(place: str) -> bool:
    """Whether that is a person's own conversation with Baton, which has their id here."""
    return place.startswith(("U", "W"))


async def find_reader(tx: Tx, place: str) -> Person | None:
    """Who alone reads there; nobody, if their account is closed: their own numbers would be theirs still, and never arrive."""
    known = (await people.profiles(tx, [place])).get(place) if is_private(place) else None
    return await people.find(tx, place) if known and not known.is_deleted else None


async def _text(tx: Tx, team: Team, reader: Person | None) -> Text:
    found = await telling.texts(tx, [reader.id], team) if reader else {}
    return found.get(reader.id if reader else "") or telling.team_text(team)


async def _by_team(
    tx: Tx, scope: Scope, metrics: Sequence[str], period: Period, cadence: Cadence, now: datetime
) -> list[Part]:
    """Each team's own numbers, the department's first; a team without any is left out."""
    known = {one.id: one.name for one in await teams.list_all(tx)}
    found = []
    for one in scope.team_ids:
        held = await lines.lines_of(tx, Scope((one,)), metrics, period, cadence, now=now)
        if any(line.is_known for line in held) and one in known:
            found.append(Part(known[one], held))
    return found


async def _by_person(
    tx: Tx, scope: Scope, metrics: Sequence[Metric], period: Period, reader: Person
) -> tuple[list[Part], int]:
    """The people whose numbers the reader may see, and how many there are besides those that are shown.

    What adds up over time is the team's, and not among `metrics`.
    """
    seen = await people_seen(tx, scope.team_ids, reader)
    ids = await names.of_person(tx, *{person_id for _team_id, person_id in seen})
    owner = {name_id: person_id for person_id, some in ids.items() for name_id in some}
    bundles = await lines.of_people(tx, scope.team_ids, period, owner, seen)
    known = await people.profiles(tx, bundles)
    called = {one: profile.called for one, profile in known.items()}
    shown = first_by_name(called, views.PARTS_SHOWN)
    if any(one.is_quantile for one in metrics):  # samples are heavy: of these alone
        owner = {name_id: one for one in shown for name_id in ids[one]}
        bundles = await lines.of_people(tx, scope.team_ids, period, owner, seen, with_samples=True)
    minimum_n = await lines.minimum_n(tx, scope.team_ids)
    parts = people_parts(called, shown, bundles, metrics, minimum_n)
    return parts, len(called) - len(shown)


async def people_seen(tx: Tx, team_ids: Collection[str], reader: Person) -> set[tuple[str, str]]:
    """By team and person: who leads somebody in one team need not know how they do in another."""
    chains = await teams.chains_of(tx, team_ids)
    roles = await teams.roles_in(tx, team_ids)
    return {
        (team_id, person_id)
        for (team_id, person_id), theirs in roles.items()
        if may(
            reader,
            Permission.METRICS_SEE_PERSON,
            PersonNumbers(tx.workspace_id, team_id, person_id, theirs, chains[team_id]),
        )
    }
