"""Every block that Slack has is drawn, and what is not known is said to be missing."""

from playwright.async_api import Browser, Locator, expect

from sandbox.server import Sandbox
from tests.page.browser import visit
from tests.page.desk import Json, actions, button, field, mrkdwn, option, plain, section

DRAW = """async ([pane, block]) => {
  const { Surface } = await import("/blocks/surface.js");
  const { Clock } = await import("/text/dates.js");
  const { State } = await import("/core/state.js");
  const state = new State(pane.dataset.pane);
  const reader = { state, clock: new Clock({ tz: "Europe/Berlin", locale: "en-GB" }), open() {} };
  const surface = new Surface({ state, reader, node: pane, toast() {} }, { type: "message" }, "message");
  const shown = surface.render([block]);
  shown.setAttribute("data-drawn", "");
  pane.append(shown);
}"""
CELLS = [[{"type": "raw_text", "text": one} for one in row] for row in ("AB", "12", "34")]
SERIES = [{"name": "Open", "data": [{"label": "Mon", "value": 4}, {"label": "Tue", "value": -7}]}]
TEXT: Json = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Rich words"}]}

PARTS: list[Json] = [
    {"type": "text", "text": "struck", "style": {"strike": True, "bold": True, "code": True}},
    {"type": "link", "url": "https://example.com", "text": "a link"},
    {"type": "user", "user_id": "U0BOB"},
    {"type": "channel", "channel_id": "C0BILLING"},
    {"type": "usergroup", "usergroup_id": "S0X"},
    {"type": "emoji", "name": "tada"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1795348800, "format": "{date_num}", "fallback": "once"},
    {"type": "color", "value": "#F405B3"},
]
RICH: list[Json] = [
    {"type": "rich_text_section", "elements": PARTS},
    {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [TEXT]},
    {"type": "rich_text_list", "style": "bullet", "border": 1, "elements": [TEXT]},
    {"type": "rich_text_quote", "elements": TEXT["elements"]},
    {"type": "rich_text_preformatted", "elements": TEXT["elements"]},
]


def chart(kind: str) -> Json:
    inside: Json = {"series": SERIES, "axis_config": {"categories": ["Mon", "Tue"]}}
    if kind == "pie":
        inside = {"segments": [{"label": "Mon", "value": 4}, {"label": "Tue", "value": 7}]}
    return {
        "type": "data_visualization",
        "title": "Tickets",
        "chart": {"type": kind} | inside,
    }


TASK: Json = {"type": "task_card", "task_id": "1", "title": "Look it up"}
CARD: Json = {"type": "card", "title": mrkdwn("*T-1*"), "actions": [button("Open")]}
SHOWN: list[tuple[Json, str]] = [
    (section("*Bold* words"), "Bold words"),
    ({"type": "header", "text": plain("Heading :tada:")}, "Heading 🎉"),
    ({"type": "context", "elements": [mrkdwn("by the way")]}, "by the way"),
    (actions(button("Press")), "Press"),
    ({"type": "image", "image_url": "/none.png", "alt_text": "A picture"}, "A picture"),
    (field("x", "A label", {"type": "plain_text_input"}), "A label"),
    ({"type": "rich_text", "elements": RICH}, "struck"),
    ({"type": "markdown", "text": "# Title\n- one\n\n|a|b|\n|-|-|\n|1|2|"}, "Title"),
    ({"type": "table", "rows": CELLS}, "4"),
    ({"type": "data_table", "caption": "Queue", "rows": CELLS, "page_size": 1}, "Queue"),
    *((chart(kind), "Tickets") for kind in ("pie", "bar", "line", "area")),
    ({"type": "alert", "level": "warning", "text": mrkdwn("Careful")}, "Careful"),
    (CARD, "T-1"),
    ({"type": "carousel", "elements": [CARD, CARD]}, "T-1"),
    ({"type": "container", "title": plain("Box"), "child_blocks": [section("in it")]}, "in it"),
    (
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "f",
                    "positive_button": {"text": plain("Good"), "value": "1"},
                    "negative_button": {"text": plain("Bad"), "value": "0"},
                }
            ],
        },
        "👍",
    ),
    (
        {"type": "plan", "title": "A plan", "tasks": [TASK | {"status": "pending"}]},
        "0 of 1 done",
    ),
    (TASK | {"status": "complete"}, "Look it up"),
    (
        {
            "type": "video",
            "title": plain("How to refund"),
            "video_url": "https://example.com/v",
            "thumbnail_url": "/none.png",
            "alt_text": "A hand",
        },
        "How to refund",
    ),
    ({"type": "divider"}, ""),
]
KINDS = ("static", "external", "users", "conversations", "channels")
ELEMENTS: list[Json] = [
    *({"type": f"{many}{kind}_select"} for kind in KINDS for many in ("", "multi_")),
    *({"type": f"{kind}_input"} for kind in ("plain_text", "number", "email_text", "url_text")),
    {"type": "plain_text_input", "multiline": True},
    {"type": "rich_text_input"},
    {"type": "datepicker", "initial_date": "2026-11-22"},
    {"type": "timepicker", "initial_time": "14:05"},
    {"type": "datetimepicker", "initial_date_time": 1795352700},
    {"type": "checkboxes", "options": [option("One")]},
    {"type": "radio_buttons", "options": [option("One")]},
    {"type": "file_input"},
]


async def draw(pane: Locator, block: Json) -> Locator:
    """The block at the end of the pane, whatever the sandbox would say to it."""
    await pane.evaluate(f"(pane, block) => ({DRAW})([pane, block])", block)
    return pane.locator("[data-drawn]").last


async def test_every_block_is_drawn_and_what_is_not_known_is_not_hidden(
    browser: Browser, slack: Sandbox
) -> None:
    pane = await visit(browser, slack, "alice", at="billing")
    for block, words in SHOWN:
        drawn = await draw(pane, block)
        await expect(drawn).to_contain_text(words)
        await expect(drawn.get_by_text("cannot show")).to_have_count(0)
    drawn = await draw(pane, {"type": "hologram"})
    await expect(drawn.get_by_role("note")).to_have_text("cannot show hologram")


async def test_every_element_is_drawn_with_its_label(browser: Browser, slack: Sandbox) -> None:
    pane = await visit(browser, slack, "alice", at="billing")
    for number, element in enumerate(ELEMENTS):
        block = field(f"b{number}", f"Label {number}.", element)
        await draw(pane, block)
        assert await pane.get_by_label(f"Label {number}.").count() == 1, element
    await expect(pane.locator("[data-drawn]").get_by_text("cannot show")).to_have_count(0)


async def test_a_data_table_is_sorted_and_turned(browser: Browser, slack: Sandbox) -> None:
    pane = await visit(browser, slack, "alice", at="billing")
    rows = [
        [{"type": "raw_text", "text": one} for one in row] for row in (("Name", "Age"), "12", "34")
    ]
    drawn = await draw(
        pane, {"type": "data_table", "caption": "Queue", "rows": rows, "page_size": 1}
    )
    cells = drawn.locator("tbody td")
    await expect(cells).to_have_text(["1", "2"])
    await drawn.get_by_role("button", name="Next page").click()
    await expect(cells).to_have_text(["3", "4"])
    await drawn.get_by_role("button", name="Name").click()
    await expect(cells).to_have_text(["1", "2"])
    await drawn.get_by_role("button", name="Name").click()
    await expect(cells).to_have_text(["3", "4"])
    await expect(drawn.get_by_role("columnheader", name="Name")).to_have_attribute(
        "aria-sort", "descending"
    )
    await drawn.get_by_label("Filter: Queue").fill("2")
    await expect(cells).to_have_text(["1", "2"])
