"""The tour of the demo: the whole day, without pauses; what it says is what happened."""

import re
from pathlib import Path

import pytest

from bot.clock import RealClock
from bot.demo_cast import DELIVERIES
from bot.demo_house import opened
from bot.demo_stops import end_of_shift, next_morning
from bot.demo_tour import play
from bot.demo_tour.day import QUOTED, Day
from bot.demo_tour.guide import Guide, Pause
from bot.demo_tour.scenes import SCENES
from sandbox.driver.places import Message
from sandbox.kinds import Change
from sandbox.plain import first_line
from sandbox.server import Sandbox
from tests.demo import free_port

CHANGES = {"message", "message_changed", "failed"}


class Witness:
    """Remembers every line that ever stood somewhere in the workspace, as it can be read."""

    def __init__(self, slack: Sandbox) -> None:
        self.slack, self.lines = slack, set[str]()
        slack.workspace.listeners.append(self.hear)

    def hear(self, change: Change) -> None:
        if change.kind in CHANGES:
            text = change.body.get("text") or change.body["message"].get("text", "")
            for line in str(text).splitlines():
                shown = first_line(self.slack.workspace, line, QUOTED, DELIVERIES.zone)
                self.lines.add(shown)


def minutes(card: Message) -> list[int]:
    """After how many minutes the notes under a card came."""
    return [int((float(note.ts) - float(card.ts)) // 60) for note in card.thread]


async def test_the_day_is_told_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    morning = next_morning(DELIVERIES, after=RealClock().now())
    async with opened(tmp_path, free_port(), begin_at=morning) as house:
        slack, guide = house.slack, Guide(house, Pause(0))
        witness = Witness(slack)
        await play(house, guide)

        assert len(guide.told) == len(SCENES)
        quoted = [quote for told in guide.told for quote in re.findall("“([^”]*)”", told)]
        assert len(quoted) >= 2 * len(SCENES) - 2
        assert set(quoted) - witness.lines <= {"Escalate a case"}
        assert [one for one in guide.told if "nothing." in one] == []
        on_the_page = {one.text for one in slack.clock.said}
        assert set(guide.told) <= on_the_page
        in_the_terminal = capsys.readouterr().out
        assert in_the_terminal.count("\n\n") == len(SCENES)

        first, second = [one for one in slack.channel("deliveries-leads").messages if one.buttons]
        assert "Resolved by" in first.text
        assert minutes(first)[:3] == [0, 22, 29]
        assert minutes(second)[:3] == [0, 86, 112]
        assert "Waiting for an owner since" in second.text
        assert house.clock.now() >= end_of_shift(DELIVERIES, after=morning)


async def test_a_scene_that_breaks_off_leaves_everything_working(tmp_path: Path) -> None:
    morning = next_morning(DELIVERIES, after=RealClock().now())
    async with opened(tmp_path, free_port(), begin_at=morning) as house, Day(house) as day:
        house.slack.faults.start("server_error", "chat.postMessage")
        await day.stop()
        await day.come_round()
        await day.clock.forward(minutes=5)
        assert house.slack.faults.active == []
        assert "Baton will post escalations" in day.room.last.text
        lead = day.leads[0]
        await lead.slash("/standup", "setup")
        assert "*Stand-up* · on\nMon–Fri at 9:05" in lead.modal.text
