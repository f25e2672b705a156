"""The demo tells its story once, keeps it over any kind of end, and says where it is."""

import signal
import socket
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from babel import Locale

from bot import demo_cast
from bot.demo_cast import CASES, DELIVERIES, ORDERS, PEOPLE, Fate
from bot.people import Role
from tests.demo import demo, free_port, start


@pytest.fixture
def port() -> int:
    return free_port()


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
