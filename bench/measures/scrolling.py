"""Scrolling through a long channel and a long log on the sandbox's page, in a real browser, beside a page of bare lines."""

from playwright.async_api import Browser, Page

from bench.findings import AtLeast, Finding, Section, alternate, compared
from bench.world import World
from sandbox.log import MOST, Seen
from sandbox.people_acts import speaking
from sandbox.seed import Cast, ChannelSeed, WorkspaceSeed
from sandbox.server import Sandbox
from tests.page.browser import browsing, message, new_page, visit

ABOUT = """\
A channel, and then the inspector's log, is scrolled through from its beginning in Chromium, 120 pixels with each of 240 frames: a fast spin of the wheel. A frame is in time when it
comes within 25 ms of the one before; a screen with 60 Hz shows one every 17 ms. The bare page has as many plain lines of the same
words, and nothing else."""
SEED = WorkspaceSeed(
    people=(Cast("alice"), Cast("bob")), channels=(ChannelSeed("busy", ("alice", "bob")),)
)
WORDS = (
    "Refund *{}* is `stuck` at the bank since yesterday; who can look at <https://example.com/{}>?"
)
BARE = "a page of bare lines"
TARGET = AtLeast(0.95)
NOON = "2026-11-22T12:00:00+00:00"
IN_TIME = """async selector => {
  const frame = () => new Promise(requestAnimationFrame);
  const scroller = document.querySelector(selector);
  scroller.scrollTop = 0;
  await frame();
  await frame();
  let [inTime, before] = [0, performance.now()];
  for (let count = 0; count < 240; count += 1) {
    scroller.scrollTop += 120;
    const now = await frame();
    if (now - before < 25) inTime += 1;
    before = now;
  }
  return (inTime / 240) * 100;
}"""


async def measure(world: World) -> Section:
    async with Sandbox(SEED) as slack, browsing() as browser:
        ours = await _channel(browser, slack, world.size.messages)
        bare = await _lines(browser, world.size.messages)
        channel = await _duel(world, ours, ".scroller", bare)
        await _open_log(slack, ours)
        log = await _duel(world, ours, ".rows", bare)
    findings = [
        _finding(f"{world.size.messages:,} messages", channel),
        _finding(f"{MOST:,} entries of the log", log),
    ]
    return Section("Long lists on the page", ABOUT, findings)


async def _duel(world: World, ours: Page, selector: str, bare: Page) -> dict[str, list[float]]:
    return await alternate(
        world.size.rounds,
        {"ours": lambda: _in_time(ours, selector), BARE: lambda: _in_time(bare, "html")},
    )


def _finding(what: str, found: dict[str, list[float]]) -> Finding:
    name = f"{what}: frames in time"
    return compared(name, "%", found["ours"], BARE, found[BARE], TARGET)


async def _open_log(slack: Sandbox, page: Page) -> None:
    for number in range(MOST):
        slack.workspace.log.add(Seen(NOON, "api", f"call.{number}", {}, {"ok": True}, 0.01))
    await page.keyboard.press("Alt+KeyI")
    await page.get_by_text(f"{MOST} of {MOST}").wait_for()


async def _in_time(page: Page, selector: str) -> float:
    """The share of frames that came in time, in percent; never nothing, so that it can be compared."""
    await page.bring_to_front()
    return max(0.01, float(await page.evaluate(IN_TIME, selector)))


async def _channel(browser: Browser, slack: Sandbox, messages: int) -> Page:
    """The page with all messages of the channel in it."""
    channel = slack.channel("busy").id
    for number in range(messages):
        who = slack.person("alice" if number % 3 else "bob").id
        speaking.say(
            slack.core, who, channel, f"No. {number}. {WORDS.format(number, number)}", encoded=True
        )
    alice = await visit(browser, slack, "alice", at="busy")
    while not await alice.get_by_text("This is the very beginning").is_visible():
        await alice.get_by_role("article").first.scroll_into_view_if_needed()
    await message(alice, "No. 0.").wait_for()
    return alice.page


async def _lines(browser: Browser, messages: int) -> Page:
    page = await new_page(browser)
    lines = "".join(
        f"<div style='padding:7px 20px'>No. {number}. {WORDS.format(number, number)}</div>"
        for number in range(messages)
    )
    await page.set_content(f"<!doctype html>{lines}")
    return page
