"""Who tells the tour: each sentence in the terminal and on the page, and then a pause as long as somebody wants it."""

import asyncio
import sys
import textwrap
from zoneinfo import ZoneInfo

from bot.demo_cast import DELIVERIES
from bot.demo_house import House

WIDTH = 100
INDENT = " " * 7


class Pause:
    """So many seconds; with None, until Enter is pressed, where there is somebody who could."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds

    async def __call__(self) -> None:
        if self._seconds is not None:
            await asyncio.sleep(self._seconds)
        elif sys.stdin.isatty():
            await _enter()


class Guide:
    def __init__(self, house: House, pause: Pause) -> None:
        self._house, self._pause = house, pause
        self.told: list[str] = []

    async def tell(self, sentence: str) -> None:
        """What happened, with the time at which it is told, by the clock of the team's city."""
        self.told.append(sentence)
        self._house.slack.clock.say(sentence)
        time = self._house.clock.now().astimezone(ZoneInfo(DELIVERIES.zone))
        first, rest = f"{time:%H:%M}  ", INDENT
        print(  # noqa: T201 - a command line tool speaks so
            textwrap.fill(sentence, WIDTH, initial_indent=first, subsequent_indent=rest) + "\n",
            flush=True,
        )
        await self._pause()


async def _enter() -> None:
    """Without a thread, which would keep the program from ending."""
    loop, pressed = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sys.stdin, pressed.set)
    try:
        await pressed.wait()
        sys.stdin.readline()
    finally:
        loop.remove_reader(sys.stdin)
