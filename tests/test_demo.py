"""The demo tells its story once, keeps it over any kind of end, and says where it is."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from babel import Locale

from bot import demo_cast
from bot.demo_cast import CASES, DELIVERIES, ORDERS, PEOPLE, Fate
from bot.people import Role
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
    """The demo in a process of its own; its address. Ended by this signal."""
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


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


async def cards(url: str, who: str, channel: str) -> list[dict[str, Any]]:
    """The bot's messages in a channel, as somebody sees them."""
    async with aiohttp.ClientSession() as session:
        address = f"{url}/sandbox/U0{who}/conversations/C0{channel}?limit=100"
        async with session.get(address) as got:
            messages = (await got.json())["messages"]
    return [one for one in messages if one.get("bot_id")]


async def test_the_story_is_told_once_and_kept(tmp_path: Path, port: int) -> None:
    async with demo(tmp_path, port, signal.SIGKILL) as url:
        assert url == f"http://127.0.0.1:{port}"
        told = await cards(url, "NIKOS", "ORDERSBILLINGLEA")
        hello, *cases = told
        assert "Orders &amp; Billing" in hello["text"]
        assert len(cases) == sum(case.team is ORDERS for case in CASES)

        again = await start(tmp_path, port)
        _, error = await again.communicate()
        assert error.decode() == f"The demo is running already. Open {url}\n"
        assert again.returncode == 1

    with socket.create_server(("127.0.0.1", port)):
        async with demo(tmp_path, port) as url:
            assert url != f"http://127.0.0.1:{port}"
            assert await cards(url, "NIKOS", "ORDERSBILLINGLEA") == told


def test_the_floor_is_what_it_should_be() -> None:
    """Two teams, nine people, three languages, two zones, and cases in every state."""
    assert len(PEOPLE) == 9
    assert {Locale.parse(one.locale, sep="-").language for one in PEOPLE} == {"en", "el", "uk"}
    assert len({one.tz for one in PEOPLE}) == 2
    assert {case.fate for case in CASES} == set(Fate)
    assert Counter(case.team.name for case in CASES) == {"Orders & Billing": 4, "Deliveries": 3}
    for team in (ORDERS, DELIVERIES):
        assert len(team.people[Role.LEAD]) == 2
        named = {name for names in team.people.values() for name in names}
        assert named <= {one.name for one in PEOPLE}


def test_each_case_is_what_its_people_may_do() -> None:
    for case in CASES:
        if case.fate is not Fate.WAITS:
            assert case.by in case.team.people[Role.LEAD]
    assert [said.ago for said in demo_cast.TALK] == sorted(
        (said.ago for said in demo_cast.TALK), reverse=True
    )
