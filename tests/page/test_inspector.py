"""The inspector: what went over the line, what is made to fail on purpose, and the workspace's clock."""

import json
from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, Locator, expect

from sandbox.clock import MovableClock, Stop
from sandbox.log import MOST, Seen
from sandbox.people_acts import speaking
from sandbox.server import Sandbox
from tests.page.browser import message, pane_of, visit, write
from tests.page.desk import MANIFEST, SEED, Desk, actions, button, section

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


async def inspector_of(pane: Locator) -> Locator:
    await pane.page.keyboard.press("Alt+KeyI")
    return pane.page.get_by_role("complementary", name="Inspector")


def row(inspector: Locator, words: str) -> Locator:
    return inspector.get_by_role("option").filter(has_text=words)


async def test_what_goes_over_the_line_is_shown_live_and_whole(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    inspector = await inspector_of(alice)
    await desk.post(section("Refund *stuck*"), text="Refund stuck")
    call = row(inspector, "chat.postMessage")
    await expect(call).to_contain_text("#billing")
    await it_can_be_filtered(inspector, "postmessage")
    await call.click()
    await its_payload_can_be_unfolded_and_copied(inspector)

    await inspector.get_by_role("button", name="Pause").click()
    await desk.post(text="Unseen")
    await expect(inspector.get_by_text("paused, 1 new")).to_be_visible()
    await expect(call).to_have_count(1)
    await inspector.get_by_role("button", name="Pause").click()
    await expect(call).to_have_count(2)

    await alice.page.reload()
    await expect(call).to_have_count(2)
    await inspector.get_by_role("button", name="Close the inspector").click()
    await expect(inspector).to_be_hidden()
    await expect(alice.page.get_by_role("button", name="Inspector")).to_be_focused()


async def it_can_be_filtered(inspector: Locator, words: str) -> None:
    rows = inspector.get_by_role("option")
    await inspector.get_by_label("Filter the log").fill("nothing like it")
    await expect(rows).to_have_count(0)
    await inspector.get_by_label("Filter the log").fill(words)
    await expect(rows).to_have_count(1)
    await inspector.get_by_role("button", name="API", exact=True).click()
    await expect(rows).to_have_count(0)
    await inspector.get_by_role("button", name="API", exact=True).click()
    await expect(rows).to_have_count(1)


async def its_payload_can_be_unfolded_and_copied(inspector: Locator) -> None:
    entry = inspector.get_by_role("region", name="The chosen entry")
    await expect(entry).to_contain_text('text: "Refund stuck"')
    await expect(entry.get_by_text('"Refund *stuck*"')).to_be_hidden()
    await entry.get_by_text("0: { section }").click()
    await entry.get_by_text("text: { mrkdwn").click()
    await expect(entry.get_by_text('"Refund *stuck*"')).to_be_visible()
    await entry.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = entry.get_by_role("button", name="Copy: Sent by the app")
    await copy.click()
    await expect(copy).to_have_text("Copied")
    copied = json.loads(await entry.page.evaluate("navigator.clipboard.readText()"))
    assert copied["text"] == "Refund stuck"


async def test_only_what_is_in_sight_of_thousands_is_drawn(
    browser: Browser, slack: Sandbox
) -> None:
    for number in range(MOST):
        took = {MOST - 1: 2.5, MOST - 2: 3.5}.get(number, 0.01)
        slack.workspace.log.add(
            Seen(MORNING.isoformat(), "delivery", f"event {number}.", {}, {"ok": True}, took)
        )
    alice = await visit(browser, slack, "alice", at="billing")
    inspector = await inspector_of(alice)
    await expect(inspector.get_by_text(f"{MOST} of {MOST}")).to_be_visible()
    newest = row(inspector, f"event {MOST - 1}.")
    await expect(newest.get_by_text("2500 ms")).to_have_class("log-took slow")
    await expect(inspector.get_by_text("3500 ms")).to_have_class("log-took too-slow")
    assert await inspector.get_by_role("option").count() < 60
    await inspector.get_by_role("listbox").press("Home")
    await expect(row(inspector, "event 0.")).to_have_attribute("aria-selected", "true")
    await expect(row(inspector, "event 0.")).to_be_in_viewport()
    await expect(newest).to_have_count(0)
    assert await inspector.get_by_role("option").count() < 60


async def test_a_fault_is_switched_on_seen_and_switched_off(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    desk.release.set()
    await desk.post(section("Refund stuck"), actions(button("Claim")))
    alice = await visit(browser, slack, "alice", at="billing")
    inspector = await inspector_of(alice)
    await inspector.get_by_role("tab", name="Faults").click()
    await expect(inspector.get_by_text("Nothing is made to fail")).to_be_visible()
    await switch_on_one_429(inspector, "chat.update")
    chip = alice.page.get_by_role("button", name="Too many requests: chat.update")
    await expect(chip).to_be_visible()
    assert slack.faults.shown()[0]["retry_after"] == 7

    await alice.get_by_role("button", name="Claim").click()
    await expect(alice.get_by_text("failed").first).to_be_visible()
    await expect(chip).to_have_count(0)  # it has struck as often as it should
    await inspector.get_by_role("tab", name="Log").click()
    await expect(row(inspector, "chat.update")).to_contain_text("rate_limited")

    await inspector.get_by_role("tab", name="Faults").click()
    await inspector.get_by_text("Token refused", exact=True).click()
    await inspector.get_by_role("button", name="Switch on").click()
    await expect(inspector.get_by_text("struck 0 times, until switched off")).to_be_visible()
    await inspector.get_by_role("button", name="All off").click()
    await expect(inspector.get_by_text("Nothing is made to fail")).to_be_visible()
    assert slack.faults.shown() == []


async def switch_on_one_429(inspector: Locator, method: str) -> None:
    await inspector.get_by_text("Too many requests", exact=True).click()
    form = inspector.locator("form").filter(has_text="answered 429")
    await form.get_by_label("What it strikes").select_option(method)
    await form.get_by_label("How often").fill("1")
    await form.get_by_label("Seconds to wait").fill("7")
    await form.get_by_role("button", name="Switch on").click()


async def test_the_clock_is_moved_and_everything_follows_it(browser: Browser) -> None:
    async with Sandbox(SEED, MANIFEST, clock=MovableClock(MORNING, runs=False)) as slack:
        slack.clock.offer(lambda now: [Stop("the end of the shift", now + timedelta(hours=8))])
        noon = int(MORNING.timestamp()) + 4 * 3600
        words = f"Due <!date^{noon}^{{date_short_pretty}} at {{time}}|never>"
        speaking.say(slack.core, "U0BOB", slack.channel("billing").id, words, encoded=True)
        alice = await visit(browser, slack, "alice", "linh", at="billing")
        clock = alice.page.get_by_title("The workspace's time")
        await expect(clock).to_have_text("Mon 23 Nov, 9:00")
        await expect(alice.get_by_text("9:00 Berlin")).to_be_visible()
        await expect(message(alice, "Due")).to_contain_text("Due Today at 13:00")

        await move(clock, "+15 minutes")
        await expect(clock).to_have_text("Mon 23 Nov, 9:15")
        await expect(pane_of(alice.page, "U0LINH").get_by_text("15:15")).to_be_visible()
        await move(clock, "To the end of the shift")
        await expect(clock).to_have_text("Mon 23 Nov, 17:15")
        slack.clock.say("Nobody has claimed it.")
        await move(clock, "To 08:55 tomorrow")
        await expect(clock).to_have_text("Tue 24 Nov, 8:55")
        await expect(message(alice, "Due")).to_contain_text("Due Yesterday at 13:00")
        await expect(alice.get_by_role("separator", name="Yesterday")).to_be_visible()
        await it_is_told_and_stopped(alice, clock)
        await alice.page.close()


async def move(clock: Locator, how: str) -> None:
    await clock.click()
    await clock.page.get_by_role("menuitem", name=how).click()


async def it_is_told_and_stopped(alice: Locator, clock: Locator) -> None:
    banner = alice.page.get_by_role("region", name="Time travel")
    await expect(banner).to_contain_text("Nobody has claimed it.")
    await banner.get_by_role("button", name="Put away").click()
    await expect(banner).to_be_hidden()
    await move(clock, "Play this day")
    await expect(banner).to_contain_text("on the way to")
    await banner.get_by_role("button", name="Stop").click()
    await expect(banner.get_by_role("button", name="Stop")).to_have_count(0)
    await write(alice, "Message #billing", "Still here")
    await expect(message(alice, "Still here")).to_be_visible()
