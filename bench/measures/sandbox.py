"""How long the local workspace takes to start, with nothing in it and with much."""

from collections.abc import Sequence
from pathlib import Path

from bench.findings import Below, Measure, Section, alternate, compared
from bench.processes import ROOT, free_port, started
from bench.world import World
from sandbox import messages
from sandbox.workspace import Workspace

BARE = "bare aiohttp server"
FULL = "full"
SOON = Below(1, "s")
READY = "/api/api.test"
ABOUT = """\
From the start of the process until it answers `api.test`: `python -m sandbox` with three people and a channel, and again with
{number} messages kept in its file. The bare server answers with two words."""


async def measure(world: World) -> Section:
    kept = world.folder / "workspace.db"
    _fill(kept, world.size.messages)
    measures = {
        "": _sandbox(world, "sandbox"),
        FULL: _sandbox(world, "full-sandbox", "--file", str(kept)),
        BARE: _start(world, "bare-aiohttp", [str(ROOT / "bench/peers/bare_aiohttp.py")]),
    }
    found = await alternate(world.size.rounds, measures)
    lines = [
        compared(what, "s", found[name], BARE, found[BARE], SOON)
        for what, name in (("an empty workspace", ""), ("one with messages", FULL))
    ]
    about = ABOUT.format(number=f"{world.size.messages:,}")
    return Section("Start of the local workspace", about, lines)


def _fill(path: Path, number: int) -> None:
    workspace = Workspace(path)
    channel = workspace.add_channel("general")
    for n in range(number):
        messages.add(workspace, channel, {"user": "U0ALICE", "text": f"message {n}"})
    workspace.close()


def _sandbox(world: World, name: str, *options: str) -> Measure:
    return _start(world, name, ["-m", "sandbox", *options, "--port"])


def _start(world: World, name: str, arguments: Sequence[str]) -> Measure:
    """`arguments` end where the port belongs."""

    async def measure() -> float:
        port = free_port()
        run = started(name, [*arguments, str(port)], port, world.folder, ready=READY)
        async with run as server:
            return server.started_in

    return measure
