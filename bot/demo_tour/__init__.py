"""`baton demo --tour`: a team's whole day in a few minutes, played by its people, with a sentence at each point of interest."""

import asyncio
import webbrowser
from pathlib import Path

from bot.clock import RealClock
from bot.demo_cast import DELIVERIES
from bot.demo_house import House, opened
from bot.demo_stops import next_morning
from bot.demo_tour.day import Day
from bot.demo_tour.guide import Guide, Pause
from bot.demo_tour.scenes import SCENES
from bot.serving import stop_on_signals
from sandbox.clock import CannotTravel
from sandbox.people_acts.result import NotAllowed

FOLDER = "tour"

# What a scene meets with when somebody clicks away what it wanted to click, or moves the clock meanwhile.
OFF_SCRIPT = (AssertionError, LookupError, RuntimeError, NotAllowed, CannotTravel)

WELCOME = """
A day at an online shop's support floor, at  {url}

Open it to see what is told here: be James or Dana, who lead Deliveries, or Priya, who works there.{enter}
"""
FAREWELL = """
That was the day. The workspace stays as it is, at  {url}  until you press Ctrl-C. Three things to try:

  1. Be Priya in #deliveries and write /escalate; be Dana in #deliveries-leads and press Claim.
  2. Move the clock at the top of the page to the end of the next shift, and read what Baton says on the way.
  3. Open the inspector, switch on a fault such as “server error”, click on, and switch it off again.

`make demo` is the same floor with a story of its own, and remembers what you do there.
"""


async def run(port: int, data: Path, pause: float | None, *, open_page: bool = False) -> None:
    """Play the day, then leave the workspace running, until a signal comes."""
    begin_at = next_morning(DELIVERIES, after=RealClock().now())
    stopping = asyncio.Event()
    stop_on_signals(stopping)
    async with opened(data / FOLDER, port, begin_at=begin_at) as house:
        enter = " Enter goes on." if pause is None else ""
        print(WELCOME.format(url=house.slack.url, enter=enter), flush=True)  # noqa: T201
        if open_page:
            webbrowser.open(house.slack.url)
        playing = asyncio.create_task(_play_and_stay(house, Guide(house, Pause(pause))))
        told_to_stop = asyncio.create_task(stopping.wait())
        await asyncio.wait({playing, told_to_stop}, return_when=asyncio.FIRST_COMPLETED)
        told_to_stop.cancel()
        playing.cancel()
        await asyncio.wait({playing})
        if not playing.cancelled():
            playing.result()


async def play(house: House, guide: Guide) -> None:
    """Scene after scene; Baton runs from the first to the last."""
    async with Day(house) as day:
        await _play(day, guide)


async def _play_and_stay(house: House, guide: Guide) -> None:
    async with Day(house) as day:
        try:
            await _play(day, guide)
        except OFF_SCRIPT:
            await day.come_round()
            await guide.tell(
                "This went another way than planned, perhaps since somebody else acted too. "
                "Slack and Baton are up, and the day goes on without a script."
            )
        print(FAREWELL.format(url=house.slack.url), flush=True)  # noqa: T201
        await asyncio.Event().wait()


async def _play(day: Day, guide: Guide) -> None:
    for scene in SCENES:
        await guide.tell(await scene(day))
