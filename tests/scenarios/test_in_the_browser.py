"""The whole story, clicked through in a real browser, on the demo that everybody starts with."""

import signal
from pathlib import Path

from playwright.async_api import Browser, Locator, expect

from bot.text import Text
from tests.demo import demo, free_port
from tests.page.browser import browsing, choose, message, new_page, pane_of, write

ELENI, NIKOS = "U0ELENI", "U0NIKOS"
FLOOR, LEADS = "C0ORDERSBILLING", "C0ORDERSBILLINGLEA"
WRONG = "Gift card was charged twice"
t = Text("el-GR")  # both of them read Greek; the leads' channel is in the team's English


async def test_from_escalate_to_resolved_and_all_is_still_there(tmp_path: Path) -> None:
    port = free_port()
    async with browsing() as browser:
        async with demo(tmp_path, port) as address:
            eleni, nikos = await side_by_side(browser, address)
            await escalate(eleni)
            await claim_and_talk(nikos)
            await resolve(nikos)
            await look_what_she_was_told(eleni)
        async with demo(tmp_path, port, end=signal.SIGKILL) as address:
            await everything_is_still_there(browser, address)
        async with demo(tmp_path, port) as address:
            await everything_is_still_there(browser, address)


async def side_by_side(browser: Browser, address: str) -> tuple[Locator, Locator]:
    """Eleni, an agent, and Nikos, a lead, in one window."""
    page = await new_page(browser, width=1500)
    await page.goto(f"{address}/?as={ELENI}&beside={NIKOS}&at={FLOOR},{LEADS}")
    return pane_of(page, ELENI), pane_of(page, NIKOS)


async def escalate(eleni: Locator) -> None:
    await write(eleni, "Message #orders-billing", "/escalate ")
    form = eleni.get_by_role("dialog")
    summary = form.get_by_label(t("What is wrong, in one line?"))
    await summary.fill(WRONG)
    await form.get_by_role("button", name=t("Escalate"), exact=True).click()
    # Something is missing: the form says so, and keeps what was typed.
    await expect(form.get_by_text("Please complete this required field.").first).to_be_visible()
    await expect(summary).to_have_value(WRONG)

    await form.get_by_label(t("Ticket number or link")).fill("KL-48300")
    await choose(form, t("What is it about?"), t("Billing and payment"))
    await form.get_by_label(t("What was tried so far?")).fill("Asked the bank")
    await form.get_by_label(t("A decision")).check()
    await form.get_by_role("button", name=t("Escalate"), exact=True).click()
    await expect(form).to_be_hidden()


async def claim_and_talk(nikos: Locator) -> None:
    card = message(nikos, WRONG)
    await expect(card).to_contain_text("Waiting for an owner")
    await card.get_by_role("button", name="Claim", exact=True).click()
    question = nikos.get_by_role("alertdialog")  # the leads hold others already
    await question.get_by_role("button", name="Claim").click()
    await expect(card).to_contain_text("Nikos Georgiou claimed it")
    await expect(card.get_by_role("button", name="Claim", exact=True)).to_be_hidden()
    await card.hover()
    await nikos.get_by_role("button", name="Reply in thread").click()
    thread = nikos.get_by_role("complementary", name="Thread")
    await write(thread, "Reply", "I am calling the bank.")
    await expect(message(thread, "I am calling the bank.")).to_be_visible()
    await thread.get_by_role("button", name="Close thread").click()
    await expect(card).to_contain_text("2 replies")  # the leads were called there before


async def resolve(nikos: Locator) -> None:
    card = message(nikos, WRONG)
    await card.get_by_role("button", name="Resolve", exact=True).click()
    form = nikos.get_by_role("dialog")
    await form.get_by_label(t("What was the cause?")).fill("The payment was sent again by mistake")
    await choose(form, t("What was decided?"), t("Refund"))
    await form.get_by_label(t("Amount")).fill("25")
    await choose(form, t("Currency"), "EUR")
    await form.get_by_label(t("Yes, with practice")).check()
    await form.get_by_role("button", name=t("Resolve it"), exact=True).click()
    await expect(form).to_be_hidden()
    await expect(card.get_by_role("button", name="Reopen", exact=True)).to_be_visible()


async def look_what_she_was_told(eleni: Locator) -> None:
    await eleni.get_by_role("navigation").get_by_role("button", name="Baton").click()
    await eleni.get_by_role("tab", name="Messages").click()
    await expect(message(eleni, WRONG)).to_have_count(3)  # it is with the leads, taken, resolved


async def everything_is_still_there(browser: Browser, address: str) -> None:
    eleni, nikos = await side_by_side(browser, address)
    card = message(nikos, WRONG)
    await expect(card).to_have_count(1)
    await expect(card).to_contain_text("€25.00")
    await expect(card).to_contain_text("2 replies")
    await expect(card.get_by_role("button", name="Reopen", exact=True)).to_be_visible()
    await look_what_she_was_told(eleni)
