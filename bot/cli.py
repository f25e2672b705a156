"""`baton run | demo | check | migrate | import`: what an operator types."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from importlib.metadata import version
from logging import getLogger
from typing import Annotated, Any

import typer
import uvloop

from bot import databases, logs, settings
from bot.app import build
from bot.clock import RealClock
from bot.errors import CannotStart
from bot.serving import serve

log = getLogger(__name__)

app = typer.Typer(
    help="Baton, a Slack bot for the people who lead a customer-service floor.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command. What the operator must mend is one line on standard error, and exit code 1."""
    try:
        app()
    except CannotStart as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - the log may not be set up yet
        sys.exit(1)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"baton {version('baton')}")
        raise typer.Exit


@app.callback()
def baton(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
) -> None:
    """Baton, a Slack bot for the people who lead a customer-service floor."""


@app.command()
def run() -> None:
    """Start the bot in a real workspace. Ctrl-C stops it, and nothing is lost."""
    chosen = settings.read()
    logs.configure(chosen.log_level, chosen.log_format, chosen.secrets)
    _run(_serve(chosen))


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    done = _run(databases.bring_up_to_date(settings.read()))
    typer.echo(f"Done: {done} steps." if done else "Nothing to do: the database is up to date.")


async def _serve(chosen: settings.Settings) -> None:
    async with build(chosen, RealClock()) as bot:
        stop_on_signals(bot.stopping)
        await serve(bot)


def stop_on_signals(stopping: asyncio.Event) -> None:
    """The first SIGTERM or SIGINT stops gracefully, the second at once: what was begun is found again at the start."""

    def stop() -> None:
        if stopping.is_set():
            os._exit(130)
        stopping.set()

    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop)


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.get_loop().set_exception_handler(_say_where)
        return runner.run(work)


def _say_where(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log where it was, without asyncio's words: they quote the exception, which may quote a person."""
    log.error("A task failed and nobody waited for it", exc_info=context.get("exception"))
