"""How many messages a second leave the outbox."""

from bench.duel import job
from bench.findings import AtLeast, Finding, Measure, Section, alternate, compared
from bench.processes import output_of
from bench.world import Floor, World

BARE = "bare Web API calls"
TARGET = AtLeast(0.7)
ABOUT = """\
{number} notes wait in 64 channels; Slack's limits are switched off. Each is leased in its lane, sent with `chat.postMessage`, and
recorded as sent. The bare client makes the same calls, 16 at once as Baton's delivery does, on one session, and records nothing."""


async def measure(world: World) -> Section:
    found: list[Finding] = []
    for kind in world.kinds:
        rounds = await alternate(
            world.size.rounds, {"": _ours(world, kind), BARE: _run(world, None)}
        )
        found.append(compared(kind, "per s", rounds[""], BARE, rounds[BARE], TARGET))
    return Section("Delivery", ABOUT.format(number=f"{world.size.notes:,}"), found)


def _ours(world: World, kind: str) -> Measure:
    async def measure() -> float:
        return await _run(world, await world.floor(kind))()

    return measure


def _run(world: World, floor: Floor | None) -> Measure:
    async def measure() -> float:
        told = job(world, "notes", database=floor.url if floor else "", number=world.size.notes)
        said = await output_of(told.arguments("bench.peers.delivering"), world.folder)
        return float(said)

    return measure
