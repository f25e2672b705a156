"""The demo tells its story once, keeps it over any kind of end, and says where it is."""

import signal
import socket
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from babel import Locale

from bot import demo_cast
from bot.demo_cases import CASES, Fate
from bot.demo_cast import DELIVERIES, ORDERS, PEOPLE
from bot.demo_growing import NOTES, THANKS
from bot.demo_stops import end_of_shift, next_morning, stops
from bot.people import Role
from bot.rules.coaching import PARTS, Kind
from bot.rules.coaching.settings import SKILLS
from bot.rules.kudos import VALUES
from bot.rules.kudos.drafts import reason_problem
from tests.demo import clock, demo, free_port, start


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


def headings(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """When each was posted, and its first line: what is below it may be drawn anew at any moment."""
    return [(one["ts"], one["text"].partition("\n")[0]) for one in messages]


async def test_the_story_is_told_once_and_kept_and_so_is_the_time(
    tmp_path: Path, port: int
) -> None:
    async with demo(tmp_path, port, signal.SIGKILL) as url:
        assert url == f"http://127.0.0.1:{port}"
        hello, *cases = await cards(url, "NIKOS", "ORDERSBILLINGLEA")
        assert "Orders &amp; Billing" in hello["text"]
        assert len(cases) == sum(case.team is ORDERS for case in CASES)

        travelled = await clock(url, forward=2 * 3600)
        assert any("Still waiting" in one["text"] for one in travelled["said"])
        told = headings(await cards(url, "NIKOS", "ORDERSBILLINGLEA"))

        again = await start(tmp_path, port)
        _, error = await again.communicate()
        assert error.decode() == f"The demo is running already. Open {url}\n"
        assert again.returncode == 1

    with socket.create_server(("127.0.0.1", port)):
        async with demo(tmp_path, port) as url:
            assert url != f"http://127.0.0.1:{port}"
            assert headings(await cards(url, "NIKOS", "ORDERSBILLINGLEA")) == told
            gone_on = datetime.fromisoformat((await clock(url))["now"])
            assert gone_on > datetime.fromisoformat(travelled["now"])


def test_the_floor_is_what_it_should_be() -> None:
    """Two teams, nine people, three languages, two zones, and cases in every state."""
    assert len(PEOPLE) == 9
    assert {Locale.parse(one.locale, sep="-").language for one in PEOPLE} == {"en", "el", "uk"}
    assert len({one.tz for one in PEOPLE}) == 2
    assert {case.fate for case in CASES} == set(Fate)
    assert Counter(case.team.name for case in CASES) == {"Orders & Billing": 4, "Deliveries": 6}
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


def test_each_note_and_thanks_is_what_its_people_may_write() -> None:
    """One waits to be read, one was read, one is private; one promise is due tomorrow."""
    for note in NOTES:
        assert note.who in ORDERS.people[Role.LEAD]
        assert note.about in ORDERS.people[Role.AGENT]
        assert note.draft.skill in ("", *SKILLS)
        assert set(note.draft.parts) <= set(PARTS[Kind(note.draft.kind)])
    assert Counter((note.is_shared, bool(note.answered)) for note in NOTES) == {
        (True, False): 1,
        (True, True): 1,
        (False, False): 1,
    }
    assert [until.days for note in NOTES for _, until in note.promised] == [1]
    for thanks in THANKS:
        assert thanks.value in VALUES
        assert reason_problem(thanks.reason) is None
    practice = [case for case in CASES if case.verdict and case.verdict.solvable == "practice"]
    assert len({(case.who, case.draft.category) for case in practice}) == 1
    assert len(practice) == 3


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        # a Wednesday at noon in Athens, five in the morning in New York
        (
            "2026-03-04T10:00",
            {
                "the end of the shift in Athens": "2026-03-04T15:00",
                "the end of the shift in New York": "2026-03-04T23:00",
                "08:55 tomorrow in Athens": "2026-03-05T06:55",
                "08:55 on Monday in Athens": "2026-03-09T06:55",
            },
        ),
        # the Saturday before the clocks go forward in Athens; those of New York have done so
        (
            "2026-03-28T10:00",
            {
                "the end of the shift in Athens": "2026-03-30T14:00",
                "the end of the shift in New York": "2026-03-30T22:00",
                "08:55 tomorrow in Athens": "2026-03-29T05:55",
                "08:55 on Monday in Athens": "2026-03-30T05:55",
            },
        ),
        # a Sunday: tomorrow is Monday
        (
            "2026-10-25T21:00",
            {
                "the end of the shift in Athens": "2026-10-26T15:00",
                "the end of the shift in New York": "2026-10-26T22:00",
                "08:55 tomorrow in Athens": "2026-10-26T06:55",
            },
        ),
    ],
)
def test_the_page_offers_moments_worth_going_to(now: str, wanted: dict[str, str]) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    offered = {one.title: f"{one.at:%Y-%m-%dT%H:%M}" for one in stops(moment)}
    assert offered == wanted


def test_a_morning_and_an_end_are_always_to_come() -> None:
    end = datetime(2026, 3, 6, 15, tzinfo=UTC)  # Friday, five in the afternoon in Athens
    assert end_of_shift(ORDERS, after=end) == datetime(2026, 3, 9, 15, tzinfo=UTC)
    assert next_morning(ORDERS, after=end) == datetime(2026, 3, 9, 6, 55, tzinfo=UTC)
