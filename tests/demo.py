"""The demo in a process of its own, as somebody starts it who has just cloned the repository."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.about_the_code.source import ROOT


async def start(folder: Path, port: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", str(port), "--data", "data"),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@asynccontextmanager
async def demo(folder: Path, port: int, end: signal.Signals = signal.SIGINT) -> AsyncIterator[str]:
    """A running demo; its address. Ended by this signal."""
    process = await start(folder, port)
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(60):
        while not (found := re.search(r"http://\S+", said)) and not process.stdout.at_eof():
            said += (await process.stdout.readline()).decode()
    if found is None:
        pytest.fail((await process.communicate())[1].decode())
    try:
        yield found[0]
    finally:
        process.send_signal(end)
        _, error = await process.communicate()
    if end is signal.SIGINT:
        assert (process.returncode, error.decode()) == (0, "")


async def clock(url: str, **move: object) -> dict[str, Any]:
    """The demo's clock, after it was moved if that was asked for."""
    async with aiohttp.ClientSession() as session:
        if move:
            async with session.post(f"{url}/sandbox/clock", json=move) as told:
                assert told.status == 200, await told.text()
        async with asyncio.timeout(20):
            while True:
                async with session.get(f"{url}/sandbox/clock") as got:
                    found: dict[str, Any] = await got.json()
                if not found["travelling"]:
                    return found
                await asyncio.sleep(0.02)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
