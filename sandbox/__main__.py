"""`python -m sandbox`: the workspace alone, for any Bolt app to be pointed at."""

import argparse
import asyncio
import contextlib
import errno
from pathlib import Path

from sandbox.clock import MovableClock, SystemClock
from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--manifest", type=Path, help="the app's manifest.json")
    parser.add_argument("--people", default="alice,bob,charlie", help="names, by commas")
    parser.add_argument("--channels", default="general", help="names, by commas")
    parser.add_argument("--file", type=Path, help="where the workspace is kept")
    parser.add_argument("--port", type=int, default=8055)
    parser.add_argument("--request-url", help="deliver over signed HTTP to this address")
    parser.add_argument("--movable-clock", action="store_true", help="let the page move the time")
    asked = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        try:
            asyncio.run(_serve(asked))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            parser.exit(1, f"Port {asked.port} is taken. Say another one with --port.\n")


async def _serve(asked: argparse.Namespace) -> None:
    names = tuple(asked.people.split(","))
    seed = WorkspaceSeed(
        people=tuple(Cast(name) for name in names),
        channels=tuple(ChannelSeed(one, names, has_app=True) for one in asked.channels.split(",")),
    )
    where = {"path": asked.file, "port": asked.port, "request_url": asked.request_url}
    kept = asked.file.with_suffix(".clock") if asked.file else None
    clock = MovableClock(kept_in=kept) if asked.movable_clock else SystemClock()
    async with Sandbox(seed, asked.manifest, clock=clock, **where) as slack:
        _announce(slack)
        await asyncio.Event().wait()


def _announce(slack: Sandbox) -> None:
    lines = (
        f"The workspace is at {slack.url}",
        "",
        f"export SLACK_API_URL={slack.api_url}",
        f"export SLACK_BOT_TOKEN={slack.bot_token}",
        f"export SLACK_APP_TOKEN={slack.app_token}",
        f"export SLACK_SIGNING_SECRET={slack.signing_secret}",
    )
    print("\n".join(lines), flush=True)  # noqa: T201 - a command line tool speaks so


if __name__ == "__main__":
    main()
