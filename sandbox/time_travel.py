"""Time travel joined to one workspace: the clock waits for what is on its way to the app, and writes down what the app says."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.clock import Clock, MovableClock, Travel
from sandbox.delivery import Delivery
from sandbox.kinds import Change, Channel
from sandbox.plain import first_line
from sandbox.workspace import Workspace


@dataclass
class OnTheirWay:
    """What is delivered at this moment. What waits to be delivered again sleeps on the clock itself."""

    delivery: Delivery

    @property
    def is_busy(self) -> bool:
        return self.delivery.on_its_way > 0

    async def next_due(self, *, after: datetime) -> datetime | None:  # noqa: ARG002 - the clock knows
        return None

    def wake(self, now: datetime) -> None:
        """Whoever sleeps on the clock was woken by it."""


@dataclass
class Witness:
    """Says what the app said while the time was moved, so that nobody must look for it."""

    workspace: Workspace
    travel: Travel

    def hear(self, change: Change) -> None:
        if change.kind != "message" or not self.travel.is_under_way:
            return
        message = change.body["message"]
        if "bot_id" not in message:
            return
        channel = self.workspace.channels[change.body["channel"]]
        what = first_line(self.workspace, str(message.get("text", "")))
        self.travel.say(f"{self._where(channel, message['bot_id'])}: {what}")

    def _where(self, channel: Channel, bot_id: str) -> str:
        people = self.workspace.people.values()
        who = next((one.real_name for one in people if one.bot_id == bot_id), bot_id)
        if not channel.is_direct:
            return f"{who} in #{channel.name}"
        to = [self.workspace.people[one] for one in channel.members]
        return f"{who} to {', '.join(one.real_name for one in to if not one.is_bot)}"


def travel_of(clock: Clock, workspace: Workspace, delivery: Delivery) -> Travel | None:
    """None for a clock that cannot be moved."""
    if not isinstance(clock, MovableClock):
        return None
    travel = Travel(clock)
    travel.residents.append(OnTheirWay(delivery))
    workspace.listeners.append(Witness(workspace, travel).hear)
    return travel
