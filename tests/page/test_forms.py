"""Modals: filled by their labels, wrong answers beside the fields, nothing typed is lost."""

from playwright.async_api import Browser, Locator, expect

from sandbox.server import Sandbox
from tests.page.browser import choose, visit, write
from tests.page.desk import Desk


async def open_form(browser: Browser, slack: Sandbox) -> Locator:
    pane = await visit(browser, slack, "alice", at="billing")
    await write(pane, "Message #billing", "/ask")
    form = pane.get_by_role("dialog", name="Ask")
    await form.wait_for()
    return form


async def test_a_form_is_filled_by_its_labels(browser: Browser, slack: Sandbox, desk: Desk) -> None:
    form = await open_form(browser, slack)
    await form.get_by_label("What is wrong?").fill("Refund stuck")
    await choose(form, "How urgent?", "High")
    await choose(form, "Who else?", "Bob Baker")
    await form.page.keyboard.press("Escape")  # the list, not the form
    await form.get_by_label("Permission").check()
    await form.get_by_label("Until").fill("2026-11-22T14:05")
    await form.get_by_label("Topic").fill("old")
    await form.page.get_by_role("option", name="old refunds").click()
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_have_count(0)

    said = desk.asked[0]
    assert said["what"]["what"]["value"] == "Refund stuck"
    assert said["urgency"]["urgency"]["selected_option"]["value"] == "high"
    assert said["who"]["who"]["selected_users"] == ["U0BOB"]
    assert said["needs"]["needs"]["selected_option"]["value"] == "permission"
    assert said["due"]["due"]["selected_date_time"] == 1795352700  # 14:05 in Berlin
    assert said["topic"]["topic"]["selected_option"]["value"] == "old refunds"


async def test_what_must_be_filled_is_asked_for_before_anything_is_sent(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    form = await open_form(browser, slack)
    await form.get_by_label("Mail").fill("nobody")
    await form.get_by_role("button", name="Send").click()
    await expect(form.get_by_text("Please complete this required field.")).to_have_count(2)
    await expect(form.get_by_text("Please enter a valid email address.")).to_be_visible()
    await expect(form.get_by_label("What is wrong?")).to_be_focused()
    assert desk.asked == []


async def test_a_wrong_answer_stands_beside_its_field_and_the_rest_is_kept(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    form = await open_form(browser, slack)
    await form.get_by_label("What is wrong?").fill("bad")
    await choose(form, "How urgent?", "Low")
    await form.get_by_label("Knowledge").check()
    await form.get_by_role("button", name="Send").click()
    field = form.get_by_label("What is wrong?")
    await expect(form.get_by_text("Say more.")).to_be_visible()
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_accessible_description("Say more.")
    await expect(field).to_have_value("bad")
    await expect(form.get_by_label("How urgent?")).to_have_value("Low")
    await expect(form.get_by_label("Knowledge")).to_be_checked()


async def test_an_update_keeps_what_was_typed(browser: Browser, slack: Sandbox, desk: Desk) -> None:
    form = await open_form(browser, slack)
    await form.get_by_label("What is wrong?").fill("half a sent")
    await choose(form, "How urgent?", "High")
    await expect(form.get_by_text("High: somebody looks at once")).to_be_visible()
    await expect(form.get_by_label("What is wrong?")).to_have_value("half a sent")
    await expect(form.get_by_label("How urgent?")).to_have_value("High")


async def test_a_select_is_used_by_keyboard_alone(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    form = await open_form(browser, slack)
    urgency = form.get_by_label("How urgent?")
    await urgency.focus()
    await urgency.press("ArrowDown")
    await urgency.press("ArrowDown")
    await urgency.press("Enter")
    await expect(urgency).to_have_value("Low")
    await urgency.fill("hi")
    await expect(form.page.get_by_role("option")).to_have_count(1)
    await urgency.press("Enter")
    await expect(urgency).to_have_value("High")


async def test_forms_stack_and_escape_goes_one_back(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    form = await open_form(browser, slack)
    await form.get_by_label("What is wrong?").fill("more")
    await choose(form, "How urgent?", "Low")
    await form.get_by_role("button", name="Send").click()
    second = form.page.get_by_role("dialog", name="And then")
    await expect(second.get_by_role("button", name="Back")).to_be_visible()
    await expect(form).to_be_hidden()
    await second.press("Escape")
    await expect(second).to_have_count(0)
    await expect(form.get_by_label("What is wrong?")).to_have_value("more")
    await form.get_by_role("button", name="Close all").click()
    await expect(form).to_have_count(0)
    await slack.until(lambda: desk.closed == [False, True])


async def test_the_focus_stays_in_the_form_and_returns_to_the_composer(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    form = await open_form(browser, slack)
    keyboard = form.page.keyboard
    await expect(form.get_by_label("What is wrong?")).to_be_focused()
    await form.get_by_role("button", name="Send").focus()
    await keyboard.press("Tab")
    await expect(form.get_by_role("button", name="Close all")).to_be_focused()
    await keyboard.press("Shift+Tab")
    await expect(form.get_by_role("button", name="Send")).to_be_focused()
    await keyboard.press("Escape")
    await expect(form.page.get_by_label("Message #billing")).to_be_focused()


async def test_when_the_app_is_silent_the_form_stays_and_says_so(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    form = await open_form(browser, slack)
    await form.get_by_label("What is wrong?").fill("silence")
    await choose(form, "How urgent?", "Low")
    send = form.get_by_role("button", name="Send")
    await send.click()
    await expect(send).to_have_attribute("aria-busy", "true")
    await expect(form.get_by_role("alert").filter(has_text="trouble connecting")).to_be_visible()
    await expect(form.get_by_label("What is wrong?")).to_have_value("silence")
    await expect(send).to_be_enabled()


async def test_a_file_is_sent_with_the_form(browser: Browser, slack: Sandbox, desk: Desk) -> None:
    form = await open_form(browser, slack)
    proof = {"name": "proof.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    await form.get_by_label("Proof").set_input_files(proof)  # type: ignore[arg-type]
    await expect(form.get_by_role("button", name="Remove proof.csv")).to_be_visible()
    await form.get_by_label("What is wrong?").fill("See the file")
    await choose(form, "How urgent?", "Low")
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_have_count(0)
    assert desk.asked[0]["proof"]["proof"]["files"][0]["name"] == "proof.csv"
