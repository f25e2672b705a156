"""Takes the pictures for the README and the documents from the demo: `python -m tests.page.take_pictures`."""

import asyncio
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, Locator, Page

from bot.clock import RealClock
from bot.demo_cast import DELIVERIES
from bot.demo_stops import next_morning
from tests.about_the_code.source import ROOT
from tests.demo import clock, demo, free_port
from tests.page.browser import browsing, message, new_page, pane_of, write

IMAGES = ROOT / "docs/images"
NIKOS, DANA, PRIYA = "U0NIKOS", "U0DANA", "U0PRIYA"
LEADS, DELIVERIES_TEAM = "C0ORDERSBILLINGLEA", "C0DELIVERIES"
ASKED, CLOSED = timedelta(minutes=11), timedelta(hours=2, minutes=11)
"""From five to nine on: the demo's stand-ups ask at five past nine, and have two hours."""


ANSWERS = {
    "How did yesterday go?": "Cleared the Lisbon backlog, all 14 parcels.",
    "What is your focus today?": "The wedding dress, then Monday's returns.",
    "What stands in your way?": "The courier's portal logs me out every ten minutes",
    "What does the next shift need to know?": "The Porto depot is closed until noon.",
}


async def main() -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as another:
        async with demo(Path(folder), free_port()) as address, browsing() as browser:
            page = await new_page(browser, width=1400)
            await page.goto(f"{address}/?as={NIKOS}&at={LEADS}")
            await claim_and_answer(pane_of(page, NIKOS))
            await take(page, "escalation")
            await page.goto(f"{address}/?as={DANA}&at=home")
            await pane_of(page, DANA).get_by_text("Waiting for an owner").first.wait_for()
            await take(page, "home")
            await look_inside(browser, address)
        async with demo(Path(another), free_port()) as address, browsing() as browser:
            await gather(browser, address)


async def gather(browser: Browser, address: str) -> None:
    """The next morning: two of three answer, and the summary is posted."""
    morning = next_morning(DELIVERIES, after=RealClock().now())
    await clock(address, to=(morning + ASKED).isoformat())
    priya = await conversation(browser, address, PRIYA)
    await priya.get_by_role("button", name="Answer: Stand-up").click()
    form = priya.get_by_role("dialog")
    for question, answer in ANSWERS.items():
        await form.get_by_label(question).fill(answer)
    await form.get_by_role("button", name="Send").click()
    await priya.get_by_text("thank you, your answer is in").wait_for()
    await priya.page.context.close()
    dana = await conversation(browser, address, DANA)
    await dana.get_by_role("button", name="Nothing new").click()
    await dana.get_by_text("thank you, your answer is in").wait_for()
    await dana.page.context.close()
    await clock(address, to=(morning + CLOSED).isoformat())
    page = await small_page(browser, f"{address}/?as={DANA}&at={DELIVERIES_TEAM}")
    await pane_of(page, DANA).get_by_text("2 answers").wait_for()
    await take(page, "summary")


async def conversation(browser: Browser, address: str, who: str) -> Locator:
    """Somebody's own messages with Baton."""
    page = await new_page(browser, width=1200)
    await page.goto(f"{address}/?as={who}&at=home")
    pane = pane_of(page, who)
    await pane.get_by_role("tab", name="Messages").click()
    await page.get_by_role("article").last.wait_for()
    return pane


async def look_inside(browser: Browser, address: str) -> None:
    """The log beside the conversation; a fault that strikes while the clock travels."""
    page = await small_page(browser, f"{address}/?as={NIKOS}&at={LEADS}")
    await page.get_by_role("button", name="Inspector").click()
    nikos = pane_of(page, NIKOS)
    await message(nikos, "Voucher is refused").get_by_role("button", name="Return").click()
    await nikos.get_by_role("dialog").get_by_role("button", name="Close all").click()
    inspector = page.get_by_role("complementary", name="Inspector")
    await inspector.get_by_role("option").filter(has_text="views.open").last.click()
    await inspector.get_by_text("Sent by the app").wait_for()
    await take(page, "inspector")
    await page.context.close()

    page = await small_page(browser, f"{address}/?as={NIKOS}&at={LEADS}", dark=True)
    await page.get_by_role("button", name="Inspector").click()
    await page.get_by_role("tab", name="Faults").click()
    await page.get_by_text("Too many requests", exact=True).click()
    await page.get_by_role("button", name="Switch on").click()
    await page.get_by_text("until switched off").wait_for()
    await page.get_by_title("The workspace's time").click()
    await take(page, "faults")


async def small_page(browser: Browser, address: str, *, dark: bool = False) -> Page:
    page = await new_page(browser, dark=dark)
    await page.set_viewport_size({"width": 1200, "height": 720})
    await page.goto(address)
    await page.get_by_role("article").last.wait_for()
    return page


async def claim_and_answer(nikos: Locator) -> None:
    card = message(nikos, "Voucher is refused")
    await card.get_by_role("button", name="Claim", exact=True).click()
    question = nikos.get_by_role("alertdialog")  # the leads hold others already
    await question.get_by_role("button", name="Claim").click()
    await card.get_by_role("button", name="Resolve", exact=True).wait_for()
    await card.hover()
    await nikos.get_by_role("button", name="Reply in thread").click()
    thread = nikos.get_by_role("complementary", name="Thread")
    await write(
        thread, "Reply", "I have it. The shop's clock is an hour ahead; they are mending it now."
    )
    await message(thread, "I have it.").wait_for()


async def take(page: Page, name: str) -> None:
    await page.evaluate("document.fonts.ready")
    await page.screenshot(path=IMAGES / f"{name}.png", animations="disabled", caret="hide")


if __name__ == "__main__":
    asyncio.run(main())
