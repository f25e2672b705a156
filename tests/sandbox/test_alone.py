"""`python -m sandbox`: the workspace on its own, for any app."""

import asyncio
import re
import signal
import sys
from pathlib import Path

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox


async def test_it_says_where_it_is_and_how_to_reach_it(tmp_path: Path) -> None:
    file = str(tmp_path / "w.db")
    arguments = ("--port", "0", "--people", "ann,ben", "--file", file, "--movable-clock")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", *arguments, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said: dict[str, str] = {}
    while "SLACK_SIGNING_SECRET" not in said:
        line = (await process.stdout.readline()).decode()
        found = re.match(r"export (\w+)=(\S+)", line)
        if found:
            said[found[1]] = found[2]
    assert said["SLACK_API_URL"].startswith("http://127.0.0.1:")
    client = AsyncWebClient(said["SLACK_BOT_TOKEN"], said["SLACK_API_URL"])
    names = [one["name"] for one in (await client.users_list())["members"]]
    assert names == ["app", "ann", "ben"]
    url = said["SLACK_API_URL"].removesuffix("/api/")
    async with aiohttp.request("GET", f"{url}/sandbox/clock") as clock:
        assert (await clock.json())["movable"] is True
    process.send_signal(signal.SIGINT)
    assert await process.wait() == 0


async def test_a_port_that_is_taken_is_said_in_a_sentence(slack: Sandbox) -> None:
    port = slack.url.rpartition(":")[2]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", port, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 1
    assert said.decode() == f"Port {port} is taken. Say another one with --port.\n"
