"""Takes the pictures for the README from the demo: `python -m tests.page.take_pictures`."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Locator, Page

from tests.about_the_code.source import ROOT
from tests.demo import demo, free_port
from tests.page.browser import browsing, message, new_page, pane_of, write

IMAGES = ROOT / "docs/images"
NIKOS, DANA = "U0NIKOS", "U0DANA"
LEADS = "C0ORDERSBILLINGLEA"


async def main() -> None:
    with TemporaryDirectory() as folder:
        async with demo(Path(folder), free_port()) as address, browsing() as browser:
            page = await new_page(browser, width=1400)
            await page.goto(f"{address}/?as={NIKOS}&at={LEADS}")
            await claim_and_answer(pane_of(page, NIKOS))
            await take(page, "escalation")
            await page.goto(f"{address}/?as={DANA}&at=home")
            await pane_of(page, DANA).get_by_text("Waiting for an owner").first.wait_for()
            await take(page, "home")


async def claim_and_answer(nikos: Locator) -> None:
    card = message(nikos, "Voucher is refused")
    await card.get_by_role("button", name="Claim", exact=True).click()
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
