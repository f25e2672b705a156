"""What Block Kit allows, as one table: which parts a block or element has, how long and how many.

`Text` is a text object, `Words` a bare string, `Number` a whole number within bounds, `Many` a list,
`Thing` an object that has a table entry of its own. A part may be missing unless it is `required`.
Lengths are in characters.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    most: int
    plain: bool = False
    required: bool = False


@dataclass(frozen=True)
class Words:
    most: int
    required: bool = False
    one_of: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Number:
    least: int
    most: int


@dataclass(frozen=True)
class Many:
    most: int
    of: "Part | None" = None
    least: int = 1
    required: bool = False


@dataclass(frozen=True)
class Thing:
    types: frozenset[str]
    required: bool = False


@dataclass(frozen=True)
class Record:
    """An object without a type, such as an option."""

    parts: "dict[str, Part]"
    required: bool = False


Part = Text | Words | Number | Many | Thing | Record


@dataclass(frozen=True)
class Shape:
    parts: dict[str, Part] = field(default_factory=dict)
    on: frozenset[str] = frozenset({"message", "modal", "home"})


MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
MARKDOWN_TOTAL = 12_000
TABLES_TOTAL = {"table": 10_000, "data_table": 20_000}
# type → how many of it a message may have
PER_MESSAGE = {"table": 1, "data_visualization": 2}

MESSAGE, HOME, MODAL = frozenset({"message"}), frozenset({"home"}), frozenset({"modal"})
ID, TITLE = Words(255), Text(24, plain=True)
HOLDER = {"placeholder": Text(150, plain=True)}
CONFIRM = Record(
    {
        "title": Text(100, plain=True, required=True),
        "text": Text(300, required=True),
        "confirm": Text(30, plain=True),
        "deny": Text(30, plain=True),
    }
)
OPTION = Record(
    {
        "text": Text(75, required=True),
        "value": Words(150, required=True),
        "description": Text(75),
        "url": Words(3000),
    }
)
OPTION_GROUP = Record(
    {"label": Text(75, plain=True, required=True), "options": Many(100, OPTION, required=True)}
)
SELECTABLE = {"options": Many(100, OPTION), "option_groups": Many(100, OPTION_GROUP)}
SELECTS = frozenset(
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker"})
CHOICES = frozenset({"radio_buttons", "checkboxes"})
TYPED = frozenset(
    {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
)
IN_ACTIONS = (
    SELECTS | PICKERS | CHOICES | {"button", "overflow", "workflow_button", "rich_text_input"}
)
IN_SECTION = SELECTS | PICKERS | CHOICES | {"button", "overflow", "workflow_button", "image"}
IN_INPUT = SELECTS | PICKERS | CHOICES | TYPED | {"file_input"}

ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        {
            "text": Text(75, plain=True, required=True),
            "action_id": ID,
            "value": Words(2000),
            "url": Words(3000),
            "style": Words(20, one_of=frozenset({"primary", "danger"})),
            "confirm": CONFIRM,
            "accessibility_label": Words(75),
        }
    ),
    "workflow_button": Shape({"text": Text(75, plain=True, required=True), "action_id": ID}),
    "overflow": Shape(
        {"options": Many(5, OPTION, required=True), "action_id": ID, "confirm": CONFIRM}
    ),
    "image": Shape({"image_url": Words(3000), "alt_text": Words(2000, required=True)}),
    "checkboxes": Shape(
        {"options": Many(10, OPTION, required=True), "action_id": ID, "confirm": CONFIRM}
    ),
    "radio_buttons": Shape(
        {"options": Many(10, OPTION, required=True), "action_id": ID, "confirm": CONFIRM}
    ),
    "plain_text_input": Shape(
        {
            **HOLDER,
            "action_id": ID,
            "initial_value": Words(3000),
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),
        }
    ),
    "email_text_input": Shape({**HOLDER, "action_id": ID}, on=MODAL),
    "url_text_input": Shape({**HOLDER, "action_id": ID}),
    "number_input": Shape({**HOLDER, "action_id": ID}),
    "rich_text_input": Shape({**HOLDER, "action_id": ID}),
    "datepicker": Shape({**HOLDER, "action_id": ID, "confirm": CONFIRM}),
    "timepicker": Shape({**HOLDER, "action_id": ID, "confirm": CONFIRM}),
    "datetimepicker": Shape({"action_id": ID, "confirm": CONFIRM}, on=MESSAGE | MODAL),
    "file_input": Shape({"action_id": ID, "max_files": Number(1, 10)}, on=MODAL),
    "feedback_buttons": Shape({"action_id": ID}, on=MESSAGE),
    "icon_button": Shape(
        {"action_id": ID, "text": Text(75, plain=True, required=True)}, on=MESSAGE
    ),
} | {
    kind: Shape(
        {**HOLDER, **(SELECTABLE if "static" in kind else {}), "action_id": ID, "confirm": CONFIRM}
    )
    for kind in SELECTS
}

BUTTONS = Many(3, Thing(frozenset({"button"})))
BLOCKS: dict[str, Shape] = {
    "section": Shape(
        {
            "text": Text(3000),
            "fields": Many(10, Text(2000)),
            "accessory": Thing(IN_SECTION),
            "block_id": ID,
        }
    ),
    "header": Shape({"text": Text(150, plain=True, required=True), "block_id": ID}),
    "context": Shape({"elements": Many(10, required=True), "block_id": ID}),
    "actions": Shape({"elements": Many(25, Thing(IN_ACTIONS), required=True), "block_id": ID}),
    "divider": Shape({"block_id": ID}),
    "rich_text": Shape({"elements": Many(1000, required=True), "block_id": ID}),
    "image": Shape(
        {
            "image_url": Words(3000),
            "alt_text": Words(2000, required=True),
            "title": Text(2000, plain=True),
            "block_id": ID,
        }
    ),
    "input": Shape(
        {
            "label": Text(2000, plain=True, required=True),
            "hint": Text(2000, plain=True),
            "element": Thing(IN_INPUT, required=True),
            "block_id": ID,
        }
    ),
    "video": Shape(
        {
            "title": Text(199, plain=True, required=True),
            "description": Text(199, plain=True),
            "author_name": Words(49),
            "alt_text": Words(2000, required=True),
            "video_url": Words(3000, required=True),
            "thumbnail_url": Words(3000, required=True),
            "block_id": ID,
        }
    ),
    "alert": Shape(
        {
            "text": Text(200, required=True),
            "level": Words(
                20, one_of=frozenset({"default", "info", "warning", "error", "success"})
            ),
        },
        on=MODAL,
    ),
    "card": Shape(
        {
            "title": Text(150),
            "subtitle": Text(150),
            "body": Text(200),
            "subtext": Text(200),
            "actions": BUTTONS,
        }
    ),
    "carousel": Shape(
        {"elements": Many(10, Thing(frozenset({"card"}))), "cards": Many(10)}, on=MESSAGE | HOME
    ),
    "container": Shape(
        {"title": Text(150), "subtitle": Text(150), "child_blocks": Many(10, required=True)},
        on=MESSAGE | HOME,
    ),
    "table": Shape(
        {"rows": Many(100, Many(20), required=True), "column_settings": Many(20)},
        on=MESSAGE | HOME,
    ),
    "data_table": Shape(
        {
            "caption": Words(255, required=True),
            "rows": Many(201, Many(20), least=2, required=True),
            "page_size": Number(1, 100),
        },
        on=MESSAGE | HOME,
    ),
    "data_visualization": Shape({"title": Words(50)}, on=MESSAGE),
    "markdown": Shape({"text": Words(12_000, required=True)}, on=MESSAGE),
    "context_actions": Shape({"elements": Many(5, required=True)}, on=MESSAGE),
    "plan": Shape({"title": Words(150)}, on=MESSAGE),
    "task_card": Shape({"title": Words(150)}, on=MESSAGE),
}

# What may stand in blocks whose elements are not interactive, or only partly so.
CONTENTS = {
    "context": frozenset({"plain_text", "mrkdwn", "image"}),
    "context_actions": frozenset({"feedback_buttons", "icon_button"}),
    "rich_text": frozenset(
        {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
    ),
}

VIEWS: dict[str, Shape] = {
    "modal": Shape(
        {
            "title": Text(24, plain=True, required=True),
            "submit": TITLE,
            "close": TITLE,
            "private_metadata": Words(3000),
            "callback_id": ID,
            "external_id": ID,
            "blocks": Many(VIEW_BLOCKS, required=True),
        }
    ),
    "home": Shape(
        {
            "private_metadata": Words(3000),
            "callback_id": ID,
            "external_id": ID,
            "blocks": Many(VIEW_BLOCKS, required=True),
        }
    ),
}
