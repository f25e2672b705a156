"""The day of the tour: its people, the bot that can be stopped and started, and what is to be seen of it all."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from bot.demo_cast import DELIVERIES
from bot.demo_house import House
from bot.demo_story import found_teams
from bot.people import Role
from bot.serving import running
from bot.travelling import Traveller
from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from sandbox.plain import first_line

ZONE = ZoneInfo(DELIVERIES.zone)
QUOTED = 300  # characters of what was said


class Day:
    """One working day of the Deliveries team. Inside `async with`, Baton runs; it can be stopped and started again."""

    def __init__(self, house: House) -> None:
        self.house, self.slack, self.clock = house, house.slack, house.slack.clock
        self.priya = self.slack.person("priya")
        self.leads = [self.slack.person(name) for name in DELIVERIES.people[Role.LEAD]]
        self.room = self.slack.channel(DELIVERIES.leads_channel)
        self.cards: list[Message] = []
        self._baton = AsyncExitStack()
        self.is_up = False

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        bot = await self._baton.enter_async_context(running(self.house.settings, self.house.clock))
        self._baton.enter_context(self.clock.resident(Traveller(bot)))
        if not self.house.told.exists():
            await found_teams(self.slack, bot, now=self.clock.now())
            self.house.told.touch()
        self.is_up = True

    async def stop(self) -> None:
        self.is_up = False
        await self._baton.aclose()

    async def come_round(self) -> None:
        """Whatever a scene has left behind it, everything works again."""
        self.slack.faults.clear()
        if not self.is_up:
            await self.start()

    # seeing

    @property
    def card(self) -> Message:
        """The newest case's."""
        return self.cards[-1]

    def look_for_cards(self) -> list[Message]:
        """Those that have come since the last look."""
        known = {card.ts for card in self.cards}
        found = [one for one in self.room.messages if one.buttons and one.ts not in known]
        self.cards += found
        return found

    def quote(self, text: str) -> str:
        return f"“{first_line(self.slack.workspace, text, QUOTED, DELIVERIES.zone)}”"

    def quotes(self, messages: Sequence[Message]) -> str:
        said = [f"at {self.hour(one)} {self.quote(one.text)}" for one in messages]
        return ", ".join(said) or "nothing"

    def state(self) -> str:
        """How the newest case stands, as its card says."""
        lines = [one for one in self.card.text.splitlines() if one.strip()]
        return self.quote(lines[1] if len(lines) > 1 else lines[0])

    def hour(self, message: Message) -> str:
        return f"{datetime.fromtimestamp(float(message.ts), UTC).astimezone(ZONE):%H:%M}"

    def time(self) -> str:
        return f"{self.clock.now().astimezone(ZONE):%H:%M}"

    def owner(self) -> Actor:
        """The lead whom the card names; an AssertionError when it names none."""
        line = next(one for one in self.card.text.splitlines() if "Owner" in one)
        return next(lead for lead in self.leads if f"<@{lead.id}>" in line)
