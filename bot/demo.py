"""`baton demo`: a local workspace and the bot in it, in one process, with everything kept in one folder."""

import asyncio
import webbrowser
from contextlib import suppress
from pathlib import Path

from bot import demo_cases, demo_cast
from bot.app import Baton, build
from bot.demo_house import opened
from bot.demo_story import tell
from bot.serving import serve, stop_on_signals, until_ready
from bot.travelling import Traveller
from sandbox.server import Sandbox

PORT = 8765
SETTLED_SECONDS = 20
FOLDER = Path("demo-data")

WELCOME = """
Baton's demo runs at  {url}

It is the support floor of an online shop: nine people, two teams, in Athens and New York. The page asks who you want to
be, and you can change at any time. Six things to try:

  1. Be Eleni, an agent: write /escalate in #orders-billing, fill in the form and send it.
  2. Be Nikos, a lead: open #orders-billing-leads and press Claim on the card. Then look what Eleni was told.
  3. Be Dana, who leads Deliveries, where a case has waited too long: find it on Baton's Home, take it and resolve it.
  4. Be Eleni again: Nikos has shared a coaching note with her. Read it, and say that you have. What is due tomorrow?
  5. Be James and write /coach: three cases of Priya's are the seed of a note. Then thank somebody with /kudos.
  6. Still James, write /metrics: six weeks of calls. Drop a CSV or Excel file of your own into the conversation with Baton.

The time is yours too: the clock at the top of the page goes to any moment, and all that falls due on the way happens.
`baton demo --tour` plays a whole day and says what happened.

Everything is kept in {folder}/. Ctrl-C stops it, the same command goes on from there, `make demo-reset` forgets it.
"""


async def run(port: int = PORT, folder: Path = FOLDER, *, open_page: bool = False) -> None:
    """Run until a signal comes. The first start tells the story so far; a later one goes on from where it was."""
    async with opened(folder, port) as house, build(house.settings, house.clock) as bot:
        slack = house.slack
        stop_on_signals(bot.stopping)
        if is_first := not house.told.exists():
            await tell(slack, bot, house.clock)
            house.told.touch()
        with slack.clock.resident(Traveller(bot)):
            serving = asyncio.create_task(serve(bot))
            opening = asyncio.create_task(_open(slack, bot, folder, is_first=is_first))
            opening.add_done_callback(lambda _: open_page and webbrowser.open(slack.url))
            await serving
            opening.cancel()


async def _open(slack: Sandbox, bot: Baton, folder: Path, *, is_first: bool) -> None:
    await until_ready(bot)
    if is_first:
        print("Setting up the workspace …", flush=True)  # noqa: T201 - a command line tool speaks so
        await _settled(slack)
    print(WELCOME.format(url=slack.url, folder=folder), flush=True)  # noqa: T201


async def _settled(slack: Sandbox) -> None:
    """Wait until every case has its card, so that the first look is a whole one."""
    cards = {
        team.leads_channel: sum(case.team is team for case in demo_cases.CASES)
        for team in demo_cast.TEAMS
    }

    def are_there() -> bool:
        return all(
            sum(bool(one.buttons) for one in slack.channel(name).messages) >= count
            for name, count in cards.items()
        )

    with suppress(AssertionError, TimeoutError):
        await slack.until(are_there, within=SETTLED_SECONDS)
