"""The bot that the how-to shows runs as it stands there, with the manifest that stands there."""

import asyncio
import json
import os
import re
import sys
from pathlib import Path

import aiohttp

from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox

PAGE = Path(__file__).parents[3] / "docs/howto/local-workspace-for-another-bot.md"
SEED = WorkspaceSeed((Cast("alice"),), (ChannelSeed("general", ("alice",), has_app=True),))


def _shown(language: str) -> str:
    """The first listing in this language."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


async def test_the_bot_of_the_page(tmp_path: Path) -> None:
    bot = tmp_path / "notes.py"
    bot.write_text(_shown("python"), encoding="utf-8")
    async with Sandbox(SEED, json.loads(_shown("json"))) as slack:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
        }
        quiet = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(bot), env=environment, stdout=quiet, stderr=quiet
        )
        try:
            await slack.until_connected(within=30)
            await _give_the_command(slack)
        finally:
            process.terminate()
            await process.wait()


async def _give_the_command(slack: Sandbox) -> None:
    """As `curl` does on the page."""
    person = f"{slack.url}/sandbox/U0ALICE"
    command = {"channel": "C0GENERAL", "command": "/note", "text": "milk"}
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{person}/commands", json=command) as response:
            assert await response.json() == {"ok": True}
        await slack.channel("general").wait_for(text="made a note")
        async with session.get(f"{person}/conversations/C0GENERAL") as response:
            said = [one["text"] for one in (await response.json())["messages"]]
    assert {"Noted: milk", "<@U0ALICE> made a note."} == set(said)
