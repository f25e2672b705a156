"""`python -m bench [name …]`: measures Baton beside the bare libraries, in one run, and shows the ratios."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from bench import processes, report
from bench.findings import QUICK, Section, Size
from bench.measures import (
    click,
    coaching,
    crowding,
    delivering,
    exporting,
    form,
    kudos_digest,
    numbers,
    routing,
    sandbox,
    scrolling,
    standups,
    starting,
    submission,
    waiting,
)
from bench.slack import fake_slack
from bench.world import World, a_folder, a_postgres
from tests.page.browser import find_chromium

MEASURES: dict[str, Callable[[World], Awaitable[Section]]] = {
    "form": form.measure,
    "submission": submission.measure,
    "delivery": delivering.measure,
    "click": click.measure,
    "start": starting.measure_start,
    "memory": starting.measure_memory,
    "waiting": waiting.measure,
    "routing": routing.measure,
    "sandbox": sandbox.measure,
    "crowd": crowding.measure,
    "growth": crowding.measure_growth,
    "standups": standups.measure,
    "summary": standups.measure_summary,
    "export": exporting.measure,
    "kudos": kudos_digest.measure,
    "coaching": coaching.measure,
    "numbers": numbers.measure,
}
if find_chromium():
    MEASURES["scrolling"] = scrolling.measure
WIDTH = 150  # columns, where there is no terminal that has a width
USES_POSTGRES = {
    "form",
    "submission",
    "delivery",
    "click",
    "crowd",
    "growth",
    "summary",
    "kudos",
    "coaching",
    "numbers",
}


async def measure(names: Sequence[str], size: Size, *, postgres: bool) -> list[Section]:
    """Each of these in turn, with a Slack that answers at once. Nothing leaves this machine."""
    processes.stay_on_load_core()
    wanted = postgres and bool(USES_POSTGRES & set(names))
    with a_folder() as folder, a_postgres(wanted=wanted) as server:
        async with fake_slack() as slack:
            world = World(slack, folder, size, server)
            try:
                return [await MEASURES[name](world) for name in names]
            finally:
                await world.forget()


def main(
    names: Annotated[
        list[str] | None, typer.Argument(help=f"What to measure: {', '.join(MEASURES)}.")
    ] = None,
    rounds: Annotated[int, typer.Option(help="How many rounds.")] = 5,
    *,
    quick: Annotated[bool, typer.Option(help="Try everything with next to nothing.")] = False,
    postgres: Annotated[bool, typer.Option(help="On PostgreSQL too.")] = True,
    markdown: Annotated[bool, typer.Option(help="Write docs/reference/performance.md.")] = False,
) -> None:
    """Measure Baton beside the bare libraries. It takes about an hour and a half."""
    chosen = names or list(MEASURES)
    if unknown := set(chosen) - set(MEASURES):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: there is {', '.join(MEASURES)}.")
    size = QUICK if quick else Size(rounds=rounds)
    found = uvloop.run(measure(chosen, size, postgres=postgres))
    console = Console()
    report.show(found, console if console.is_terminal else Console(width=WIDTH))
    if markdown:
        report.write(found)


if __name__ == "__main__":
    typer.run(main)
