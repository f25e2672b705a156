"""Modals: filled by their labels, wrong answers beside the fields, nothing typed is lost."""

from playwright.async_api import Browser, Locator, expect

from sandbox.server import Sandbox
from tests.page.browser import choose, visit, write
from tests.page.desk import Desk, Json, every_kind

TYPED = {
    "Line": "Refund stuck",
    "Lines": "first\nsecond",
    "Number": "4.5",
    "Mail": "kim@example.com",
    "Link": "https://example.com/4711",
    "Date": "2026-11-22",
    "Time": "14:05",
    "Moment": "2026-11-22T14:05",
}
CHOSEN = {
    "One of": ("Two",),
    "Several": ("One", "Three"),
    "Person": ("Bob Baker",),
    "Persons": ("Bob Baker", "Linh Tran"),
    "Talk": ("billing",),
    "Many talks": ("billing", "Desk"),
    "Channel": ("shipping",),
    "All channels": ("billing", "shipping"),
}


async def open_form(browser: Browser, slack: Sandbox, title: str = "Ask") -> Locator:
    pane = await visit(browser, slack, "alice", at="billing")
    await write(pane, "Message #billing", "/ask")
    form = pane.get_by_role("dialog", name=title)
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
    await attach(form)
    await form.get_by_label("What is wrong?").fill("See the file")
    await choose(form, "How urgent?", "Low")
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_have_count(0)
    assert desk.asked[0]["proof"]["proof"]["files"][0]["name"] == "proof.csv"


async def test_every_kind_of_input_arrives_as_slack_sends_it(
    browser: Browser, slack: Sandbox, desk: Desk
) -> None:
    desk.next_form = every_kind()
    form = await open_form(browser, slack, "Every kind")
    for label, words in TYPED.items():
        await form.get_by_label(label, exact=True).fill(words)
    for label, options in CHOSEN.items():
        await pick(form, label, *options)
    await ask(form, "Topic", "old", "old refunds")
    await ask(form, "Many topics", "old", "old bills")
    await form.get_by_role("group", name="Ticks").get_by_label("Three").check()
    await form.get_by_role("radiogroup", name="Either").get_by_label("Two").check()
    await attach(form)
    await write_richly(form.get_by_label("Rich"))
    await form.get_by_role("button", name="More options").click()
    await form.page.get_by_role("menuitem", name="Three").click()
    await slack.until(lambda: desk.clicked)
    assert desk.clicked[0]["actions"][0]["selected_option"]["value"] == "three"
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_have_count(0)
    assert shortened(desk.asked[0]) == {
        "what": "Refund stuck",
        "lines": "first\nsecond",
        "number": "4.5",
        "mail": "kim@example.com",
        "link": "https://example.com/4711",
        "date": "2026-11-22",
        "time": "14:05",
        "moment": 1795352700,
        "one": "two",
        "several": ["one", "three"],
        "topic": "old refunds",
        "topics": ["old bills"],
        "person": "U0BOB",
        "people": ["U0BOB", "U0LINH"],
        "talk": "C0BILLING",
        "talks": ["C0BILLING", slack.person("alice").dm_room.id],
        "channel": "C0SHIPPING",
        "channels": ["C0BILLING", "C0SHIPPING"],
        "ticks": ["three"],
        "either": "two",
        "proof": ["proof.csv"],
        "rich": RICH,
    }


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Plain and "},
                {"type": "text", "text": "bold", "style": {"bold": True}},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 0,
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
                for words in ("one", "<b>two</b>")
            ],
        },
    ],
}


async def write_richly(field: Locator) -> None:
    tools = field.locator("xpath=..").get_by_role("toolbar", name="Formatting")
    await field.press_sequentially("Plain and ")
    await tools.get_by_role("button", name="Bold").click()
    await field.press_sequentially("bold")
    await tools.get_by_role("button", name="Bold").click()
    await field.press("Enter")
    await tools.get_by_role("button", name="Bulleted list").click()
    await field.press_sequentially("one")
    await field.press("Enter")
    await field.press_sequentially("<b>two</b>")


async def attach(form: Locator) -> None:
    proof = {"name": "proof.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    await form.get_by_label("Proof").set_input_files(proof)  # type: ignore[arg-type]
    await expect(form.get_by_role("button", name="Remove proof.csv")).to_be_visible()


async def pick(form: Locator, label: str, *options: str) -> None:
    field = form.get_by_label(label, exact=True)
    for option in options:
        await field.click()
        await form.page.get_by_role("option", name=option).first.click()
    if len(options) > 1:
        await field.press("Escape")  # the list of one choice has closed by itself


async def ask(form: Locator, label: str, words: str, option: str) -> None:
    field = form.get_by_label(label, exact=True)
    await field.fill(words)
    await form.page.get_by_role("option", name=option).click()
    await field.blur()


def shortened(values: Json) -> Json:
    """block → what was chosen, without the kind and the wording that come with it."""
    return {block: told(next(iter(state.values()))) for block, state in values.items() if state}


def told(state: Json) -> object:
    (given,) = (value for key, value in state.items() if key != "type")
    return [brief(one) for one in given] if isinstance(given, list) else brief(given)


def brief(given: Json | str) -> object:
    """The value of an option, the name of a file, and all else as it is."""
    if not isinstance(given, dict):
        return given
    return given.get("value") or given.get("name") or given
