"""What Baton keeps of a real export after it came through the chat, told as its reference tells it."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from datetime import date

from bot.rules.metrics.definition.registry import BY_KEY, Unit
from bot.rules.metrics.definition.values import PERCENT, value_of
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.slices import PERSON, WHOLE, Row
from bot.services.metrics.store import numbers as kept
from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from storage.metrics import members, names
from tests import cast
from tests.rules.metrics.real.folder import Numbers, iso_week
from tests.rules.metrics.real.shown import mean
from tests.scenarios.escalating import told
from tests.scenarios.stage import Stage

PATIENCE = 60.0
LONG_AGO, TODAY = date(2020, 1, 1), date(2026, 3, 1)
By = Callable[[Row], Hashable]


async def shows_in_time(stage: Stage, message: Message, words: str) -> None:
    """As long as a large file may take where others work too."""
    await stage.slack.until(lambda: words in message.words, PATIENCE, f"“{words}” on the card")


async def drops(stage: Stage, person: Actor, name: str, body: bytes) -> Message:
    """The card of the file, as soon as it says what the file is taken for."""
    file_id = await person.uploads(name, body)
    await person.says(person.dm_room, "", files=(file_id,))
    card = await told(stage, person, name)
    await stage.slack.until(lambda: "Change columns" in card.buttons, PATIENCE, "what it is")
    return card


async def imports(stage: Stage, person: Actor, name: str, body: bytes) -> Message:
    """Dropped, taken for the right thing, read and counted; and all days are rolled up."""
    card = await drops(stage, person, name, body)
    await person.click(card, "Import")
    await shows_in_time(stage, card, "is in the numbers")
    await rolled(stage)
    return card


async def rolled(stage: Stage) -> None:
    async def is_done() -> bool:
        async with stage.baton.db.read(cast.WORKSPACE) as tx:
            return not await members.is_counting(tx)

    is_so: Callable[[], bool | Awaitable[bool]] = is_done
    await stage.slack.until(is_so, PATIENCE, "all days rolled up")


async def slices(
    stage: Stage, team_ids: Sequence[str], slice_: str = WHOLE, by: By = lambda _row: ""
) -> dict[Hashable, Bundle]:
    """The kept numbers of these teams, put together by what `by` says of each row. People are called as the file does."""
    found: dict[Hashable, Bundle] = defaultdict(Bundle)
    async with stage.baton.db.read(cast.WORKSPACE) as tx:
        rows = await kept.read(tx, team_ids, LONG_AGO, TODAY, slice_=slice_)
        called = {}
        if slice_ == PERSON:
            called = await names.get_all(tx, (row.member for row in rows))
    for row in rows:
        name = called[row.member].name if row.member in called else row.member
        found[by(Row(row.day, row.team_id, name, row.bundle))].merge(row.bundle)
    return found


def the_member(row: Row) -> str:
    return row.member


def the_hour(row: Row) -> str:
    return str(int(row.member))


def the_day(row: Row) -> str:
    return row.day.isoformat()


def the_week(row: Row) -> str:
    return iso_week(row.day)


def of_calls(bundle: Bundle) -> Numbers:
    """As the reference of the call centre calls them; shares of one, and seconds."""
    answered, resolved = bundle.amount("answered"), bundle.amount("resolved")
    return {
        "volume": told_by(bundle, "contacts"),
        "answered": answered,
        "abandoned": bundle.amount("abandoned"),
        "answered_rate": told_by(bundle, "answered"),
        "abandonment_rate": told_by(bundle, "abandonment"),
        "resolved": resolved,
        "resolved_rate_of_volume": _share(resolved, bundle.amount("contacts")),
        "resolved_rate_of_answered": _share(resolved, answered),
        "asa_seconds": told_by(bundle, "asa"),
        "asa_seconds_n": value_of(BY_KEY["asa"], bundle).n,
        "asa_seconds_median": told_by(bundle, "wait"),
        "aht_seconds": told_by(bundle, "aht"),
        "aht_seconds_n": value_of(BY_KEY["aht"], bundle).n,
        "aht_seconds_median": told_by(bundle, "handle"),
        **_ratings(bundle),
    }


def of_contacts(bundle: Bundle) -> Numbers:
    """As the reference of the shop's contacts calls them; first responses in minutes."""
    middle, whole = told_by(bundle, "frt"), mean(bundle, "first_response")
    return {
        "volume": told_by(bundle, "contacts"),
        "aht_seconds": told_by(bundle, "aht"),
        "aht_seconds_n": value_of(BY_KEY["aht"], bundle).n,
        "aht_seconds_median": told_by(bundle, "handle"),
        "first_response_minutes": None if whole is None else whole / 60,
        "first_response_minutes_n": value_of(BY_KEY["frt"], bundle).n,
        "first_response_minutes_median": None if middle is None else middle / 60,
        **_ratings(bundle),
    }


def told_by(bundle: Bundle, key: str) -> float | None:
    """What the metric comes to; percentages as shares of one."""
    metric = BY_KEY[key]
    found = value_of(metric, bundle).amount
    return found / PERCENT if found is not None and metric.unit is Unit.PERCENT else found


def _ratings(bundle: Bundle) -> Numbers:
    return {
        "csat_mean": told_by(bundle, "rating"),
        "csat_n": value_of(BY_KEY["csat"], bundle).n,
        "csat_satisfied": bundle.amount("ratings_good"),
        "csat_rate": told_by(bundle, "csat"),
    }


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole
