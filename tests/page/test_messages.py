"""Messages: they arrive, they are shown as Slack shows them, and what can be done with them."""

from playwright.async_api import Browser, expect

from sandbox.server import Sandbox
from tests.page.browser import message, pane_of, visit, write
from tests.page.desk import Desk, actions, button, mrkdwn, plain, section

NOON_UTC = 1795348800  # 22 November 2026


async def test_what_one_writes_arrives_beside(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", "bob", at="billing")
    await write(alice, "Message #billing", "Morning, @Bob Baker *please* look")
    bob = pane_of(alice.page, "U0BOB")
    arrived = message(bob, "Morning")
    await expect(arrived).to_contain_text("@Bob Baker please look")
    await expect(arrived.locator("strong")).to_have_text("please")
    await expect(alice.get_by_label("Message #billing")).to_have_value("")
    assert slack.channel("billing").last.text == "Morning, <@U0BOB> *please* look"


async def test_nothing_a_person_types_becomes_markup(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    evil = "<img src=x onerror=\"document.title='owned'\"> & <b>bold</b>"
    await write(alice, "Message #billing", evil)
    await expect(message(alice, "onerror")).to_contain_text(evil)
    await expect(message(alice, "onerror").locator("img, b")).to_have_count(0)
    assert await alice.page.title() != "owned"


async def test_a_dangerous_link_leads_nowhere(browser: Browser, slack: Sandbox, desk: Desk) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await desk.post(text="<javascript:alert(1)|press me> <https://example.com|or me>")
    links = message(alice, "press me").locator("a[href]")
    await expect(links).to_have_count(1)
    await expect(links).to_have_attribute("href", "https://example.com")


async def test_each_reads_times_in_their_own_zone(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    alice = await visit(browser, slack, "alice", "bob", "linh", at="billing")
    await desk.post(section(f"Due <!date^{NOON_UTC}^{{date_num}} {{time}}|never>"))
    for who, shown in (("ALICE", "13:00"), ("BOB", "7:00 AM"), ("LINH", "19:00")):
        theirs = pane_of(alice.page, f"U0{who}")
        await expect(message(theirs, "Due")).to_contain_text(f"Due 2026-11-22 {shown}")


async def test_a_button_turns_until_it_is_answered(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await desk.post(section("Refund stuck"), actions(button("Claim")))
    claim = alice.get_by_role("button", name="Claim")
    await claim.click()
    await expect(claim).to_have_attribute("aria-busy", "true")
    desk.release.set()
    await expect(alice.get_by_text("Claimed by @Alice Archer")).to_be_visible()


async def test_a_click_that_failed_says_so_once(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await desk.post(actions(button("Never")))
    await alice.get_by_role("button", name="Never").click()
    await expect(alice.get_by_role("alert").filter(has_text="failed")).to_have_count(1)
    await alice.page.wait_for_timeout(500)  # the same news also comes by the live line
    await expect(alice.get_by_role("alert").filter(has_text="failed")).to_have_count(1)
    await expect(alice.get_by_role("button", name="Never")).to_be_enabled()


async def test_a_dangerous_button_asks_first(browser: Browser, slack: Sandbox, desk: Desk) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    confirm = {
        "title": plain("Sure?"),
        "text": mrkdwn("You hold *4*"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    await desk.post(section("Refund"), actions(button("Claim", confirm=confirm)))
    desk.release.set()
    question = alice.get_by_role("alertdialog", name="Sure?")
    await alice.get_by_role("button", name="Claim").click()
    await expect(question).to_contain_text("You hold 4")
    await question.get_by_role("button", name="No").click()
    assert desk.clicked == []
    await alice.get_by_role("button", name="Claim").click()
    await question.get_by_role("button", name="Yes").click()
    await expect(alice.get_by_text("Claimed by @Alice Archer")).to_be_visible()


async def test_messages_are_read_by_keyboard_in_any_direction(
    browser: Browser, slack: Sandbox
) -> None:
    bob, room = slack.person("bob"), slack.channel("billing")
    for words in ("Good morning", "שלום לכולם", "مرحبا بكم"):
        await bob.says(room, words)
    alice = await visit(browser, slack, "alice", at="billing")
    await alice.get_by_role("log", name="Messages in").locator("[tabindex='0']").focus()
    for words, direction in (("مرحبا", "rtl"), ("שלום", "rtl"), ("Good", "ltr")):
        row = message(alice, words)
        await expect(row).to_be_focused()
        shown = row.get_by_text(words)
        assert await shown.evaluate("node => getComputedStyle(node).direction") == direction
        await row.press("ArrowUp")
    await expect(message(alice, "Good")).to_be_focused()
    await message(alice, "Good").press("Tab")
    await expect(alice.get_by_role("button", name="Add reaction")).to_be_focused()


async def test_a_reply_goes_into_the_thread(browser: Browser, slack: Sandbox) -> None:
    await slack.person("bob").says(slack.channel("billing"), "Who knows E-402?")
    alice = await visit(browser, slack, "alice", at="billing")
    await message(alice, "E-402").hover()
    await alice.get_by_role("button", name="Reply in thread").click()
    thread = alice.get_by_role("complementary", name="Thread")
    await write(thread, "Reply", "I do")
    await expect(message(thread, "I do")).to_be_visible()
    await expect(alice.get_by_role("button", name="1 reply")).to_be_visible()
    await expect(alice.get_by_role("log", name="Messages in").get_by_text("I do")).to_have_count(0)
    await thread.get_by_role("button", name="Close thread").click()
    await expect(thread).to_be_hidden()


async def test_what_only_one_may_see_can_be_dismissed(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    alice = await visit(browser, slack, "alice", "bob", at="billing")
    await desk.whisper("U0ALICE", "You hold 4")
    secret = message(alice, "You hold 4")
    await expect(secret).to_contain_text("Only visible to you")
    await expect(message(pane_of(alice.page, "U0BOB"), "You hold 4")).to_have_count(0)
    await secret.get_by_role("button", name="Dismiss").click()
    await expect(secret).to_have_count(0)


async def test_reactions_are_added_and_taken_back(browser: Browser, slack: Sandbox) -> None:
    said = await slack.person("bob").says(slack.channel("billing"), "Done")
    alice = await visit(browser, slack, "alice", at="billing")
    await message(alice, "Done").hover()
    await alice.get_by_role("button", name="Add reaction").click()
    await alice.get_by_label("Search emoji").fill("tada")
    await alice.get_by_label("Search emoji").press("Enter")
    given = alice.get_by_role("button", name="tada, 1")
    await expect(given).to_have_attribute("aria-pressed", "true")
    await given.click()
    await expect(given).to_have_count(0)
    assert not said.reactions


async def test_a_message_shortcut_opens_its_form(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    await slack.person("bob").says(slack.channel("billing"), "Look at this")
    alice = await visit(browser, slack, "alice", at="billing")
    await message(alice, "Look at this").hover()
    await alice.get_by_role("button", name="More actions").click()
    await alice.get_by_role("menuitem", name="Ask about this").click()
    await expect(alice.get_by_role("dialog", name="Ask")).to_be_visible()


async def test_a_file_is_attached_and_downloaded(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", "bob", at="billing")
    table = {"name": "week.csv", "mimeType": "text/csv", "buffer": b"day,n\nMon,3\n"}
    await alice.get_by_label("Attach files").set_input_files(table)  # type: ignore[arg-type]
    await expect(alice.get_by_role("button", name="Remove week.csv")).to_be_visible()
    await write(alice, "Message #billing", "The week")
    link = pane_of(alice.page, "U0BOB").get_by_role("link", name="Download week.csv")
    async with alice.page.expect_download() as coming:
        await link.click()
    download = await coming.value
    assert (await download.path()).read_bytes() == b"day,n\nMon,3\n"


async def test_older_messages_come_as_one_scrolls_up(browser: Browser, slack: Sandbox) -> None:
    bob, room = slack.person("bob"), slack.channel("billing")
    for number in range(130):
        await bob.says(room, f"Line {number}.")
    alice = await visit(browser, slack, "alice", at="billing")
    await expect(message(alice, "Line 129.")).to_be_in_viewport()
    await expect(message(alice, "Line 29.")).to_have_count(0)
    await message(alice, "Line 30.").scroll_into_view_if_needed()
    await expect(alice.get_by_role("article")).to_have_count(130)
    await expect(message(alice, "Line 30.")).to_be_in_viewport()
    await expect(alice.get_by_role("button", name="Show older messages")).to_be_hidden()
