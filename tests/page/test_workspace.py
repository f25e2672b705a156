"""Around the messages: who one is, what is unread, commands, the Home tab, and a line that breaks."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import Browser, Route, expect

from sandbox.server import Sandbox
from tests.page.browser import message, new_page, pane_of, visit, write
from tests.page.desk import MANIFEST, SEED, Desk


async def test_one_is_asked_who_to_be(browser: Browser, slack: Sandbox) -> None:
    page = await new_page(browser)
    await page.goto(slack.url)
    await page.get_by_role("button", name="Bob Baker").click()
    await expect(pane_of(page, "U0BOB")).to_be_visible()
    await pane_of(page, "U0BOB").get_by_role("button", name="leads").click()
    await expect(pane_of(page, "U0BOB").get_by_label("Message #leads")).to_be_visible()


async def test_a_reload_keeps_who_and_where(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await alice.get_by_role("button", name="Side by side").click()
    await alice.get_by_role("menuitem", name="Bob Baker").click()
    bob = pane_of(alice.page, "U0BOB")
    await bob.get_by_role("button", name="leads").click()
    await expect(bob.get_by_label("Message #leads")).to_be_visible()
    await alice.page.reload()
    await expect(bob.get_by_label("Message #leads")).to_be_visible()
    await expect(alice.get_by_label("Message #billing")).to_be_visible()


async def test_one_becomes_somebody_else(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await alice.get_by_role("button", name="You are Alice Archer").click()
    await alice.get_by_role("menuitem", name="Linh Tran").click()
    await expect(pane_of(alice.page, "U0LINH")).to_be_visible()
    await expect(alice).to_have_count(0)


async def test_a_message_that_overtakes_the_list_it_belongs_to_is_not_lost(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    bob = await visit(browser, slack, "bob", at="leads")
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        answer = await route.fetch()
        asked.set()
        await go_on.wait()
        await route.fulfill(response=answer)

    await bob.page.route(re.compile("/conversations/"), late)
    await bob.get_by_role("button", name="billing").click()
    await asked.wait()
    await slack.person("alice").says(slack.channel("billing"), "Overtaken")
    await desk.post(channel="C0LEADS", text="Heard after it")
    leads = bob.get_by_role("navigation").get_by_role("button", name="leads")
    await expect(leads).to_have_accessible_name("leads 1 unread")
    go_on.set()
    await expect(message(bob, "Overtaken")).to_be_visible()


async def test_what_is_unread_is_counted_until_it_is_read(browser: Browser, slack: Sandbox) -> None:
    bob = await visit(browser, slack, "bob", at="leads")
    await slack.person("alice").says(slack.channel("billing"), "One")
    await slack.person("alice").says(slack.channel("billing"), "Two")
    billing = bob.get_by_role("navigation").get_by_role("button", name="billing")
    await expect(billing).to_have_accessible_name("billing 2 unread")
    await billing.click()
    await expect(billing).to_have_accessible_name("billing")
    await expect(bob.get_by_role("separator", name="New")).to_be_visible()


async def test_commands_are_offered_with_their_hints(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    field = alice.get_by_label("Message #billing")
    await field.fill("/")
    await expect(alice.get_by_role("option")).to_have_count(2)
    await field.fill("/a")
    await expect(alice.get_by_role("option", name="/ask")).to_contain_text("[what about]")
    await field.press("Tab")
    await expect(field).to_have_value("/ask ")
    await expect(field).to_have_accessible_description("/ask [what about]")
    await field.press("Enter")
    await expect(alice.get_by_role("dialog", name="Ask")).to_be_visible()


async def test_a_command_that_failed_stays_where_it_was_typed(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await write(alice, "Message #billing", "/slow but dear")
    await expect(alice.get_by_role("alert").filter(has_text="/slow")).to_be_visible()
    await expect(alice.get_by_label("Message #billing")).to_have_value("/slow but dear")


async def test_an_unknown_command_is_not_sent(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await write(alice, "Message #billing", "/nothing here")
    await expect(alice.get_by_role("alert").filter(has_text="not a command")).to_be_visible()
    assert slack.channel("billing").messages == []


async def test_a_shortcut_is_behind_the_lightning_bolt(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await alice.get_by_role("button", name="Shortcuts").click()
    await alice.get_by_role("menuitem", name="Ask A form").click()
    await expect(alice.get_by_role("dialog", name="Ask")).to_be_visible()


async def test_people_are_completed_as_one_types(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    field = alice.get_by_label("Message #billing")
    await field.press_sequentially("see @bo")
    await field.press("Enter")
    await expect(field).to_have_value("see @Bob Baker ")
    await field.press_sequentially("in #bil")
    await field.press("Tab")
    await field.press("Enter")
    await expect(message(alice, "see @Bob Baker in #billing")).to_be_visible()
    assert slack.channel("billing").last.text == "see <@U0BOB> in <#C0BILLING>"


async def test_home_is_shown_and_changes_while_one_looks(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await alice.get_by_role("navigation").get_by_role("button", name="Desk").click()
    home = alice.get_by_role("tabpanel", name="Home")
    await expect(home).to_contain_text("Nothing to do")
    await desk.home("U0ALICE", "One case waits")
    await expect(home).to_contain_text("One case waits")
    await alice.get_by_role("tab", name="Messages").click()
    await expect(alice.get_by_label("Message Desk")).to_be_visible()


async def test_one_joins_a_public_channel(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await alice.get_by_role("button", name="Browse channels").click()
    await alice.get_by_role("menuitem", name="#shipping").click()
    await alice.get_by_role("button", name="Join channel").click()
    await write(alice, "Message #shipping", "Hello")
    await expect(message(alice, "Hello")).to_be_visible()


async def test_a_private_word_opens_a_conversation(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", "bob", at="billing")
    await alice.get_by_role("navigation").get_by_role("button", name="Bob Baker").click()
    await write(alice, "Message Bob Baker", "psst")
    bob = pane_of(alice.page, "U0BOB")
    await bob.get_by_role("navigation").get_by_role("button", name="Alice Archer").click()
    await expect(message(bob, "psst")).to_be_visible()


async def test_without_the_app_a_line_says_so(browser: Browser, slack: Sandbox) -> None:
    alice = await visit(browser, slack, "alice", at="billing")
    await expect(alice.get_by_text("Desk is not connected")).to_be_visible()


async def test_a_broken_line_heals_by_itself(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    async with Sandbox(SEED, MANIFEST, path=path) as slack:
        port = int(slack.url.rpartition(":")[2])
        alice = await visit(browser, slack, "alice", at="billing")
        await alice.get_by_label("Message #billing").fill("half a sentence")
    await expect(alice.get_by_text("Trying again")).to_be_visible()
    async with Sandbox(SEED, MANIFEST, path=path, port=port) as slack:
        await slack.person("bob").says(slack.channel("billing"), "Back again")
        await expect(message(alice, "Back again")).to_be_visible()
        await expect(alice.get_by_text("Trying again")).to_have_count(0)
        await expect(alice.get_by_label("Message #billing")).to_have_value("half a sentence")
        await alice.page.close()
