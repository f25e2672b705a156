"""The story's app in Bolt for JavaScript, started with node where both are installed."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from sandbox.server import Sandbox

FOLDER = Path(__file__).parent / "javascript"
NODE = shutil.which("node")
MISSING = "" if NODE else "node is not installed"
if NODE and not (FOLDER / "node_modules" / "@slack" / "bolt").is_dir():
    MISSING = "Bolt for JavaScript is not installed: `make interop` installs it and runs this test"


@contextlib.asynccontextmanager
async def over_socket_mode(slack: Sandbox) -> AsyncIterator[None]:
    async with _running(slack, socket_mode=True):
        yield


@contextlib.asynccontextmanager
async def over_http(slack: Sandbox) -> AsyncIterator[str]:
    """Gives the address of the app's server."""
    async with _running(slack, socket_mode=False) as port:
        yield f"http://127.0.0.1:{port}/slack/events"


@contextlib.asynccontextmanager
async def _running(slack: Sandbox, *, socket_mode: bool) -> AsyncIterator[int]:
    assert NODE is not None
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "SLACK_API_URL": slack.api_url,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SOCKET_MODE": "1" if socket_mode else "0",
    }
    process = await asyncio.create_subprocess_exec(
        NODE, "app.mjs", cwd=FOLDER, env=environment, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield await _ready(process)
    finally:
        process.terminate()
        await process.communicate()


async def _ready(process: asyncio.subprocess.Process) -> int:
    """The port that it says it listens at; what it says before that is shown if it never is ready."""
    assert process.stdout is not None
    said = []
    async for line in process.stdout:
        said.append(line.decode())
        if said[-1].startswith("ready "):
            return int(said[-1].split()[1])
    raise AssertionError(f"It did not start: {''.join(said)}")
