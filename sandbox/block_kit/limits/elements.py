"""The limits of block elements: what people press, choose from and type into."""

from sandbox.block_kit.limits.composition import (
    CHOICE,
    COLOUR,
    CONFIRM,
    DISPATCH,
    FILTER,
    MENU_OPTION,
    OPTION,
    OPTION_GROUP,
    SLACK_FILE,
    WORKFLOW,
)
from sandbox.block_kit.limits.parts import (
    FLAG,
    ID,
    MESSAGE,
    MODAL,
    NOT_HOME,
    URL,
    Many,
    Number,
    Part,
    Record,
    Shape,
    Thing,
    Words,
    one_of,
    plain,
)
from sandbox.block_kit.limits.rich_text import RICH_TEXT
from sandbox.block_kit.limits.together import exactly_one, initial_is_offered

DOCS = "https://docs.slack.dev/reference/block-kit/block-elements"

_ACTED: dict[str, Part] = {"action_id": ID}
_CONFIRMED: dict[str, Part] = {**_ACTED, "confirm": Record(CONFIRM)}
_FOCUSED: dict[str, Part] = {"focus_on_load": FLAG}
_HELD: dict[str, Part] = {**_FOCUSED, "placeholder": plain(150)}
_TYPED: dict[str, Part] = {**_ACTED, **_HELD, "dispatch_action_config": Record(DISPATCH)}
_LABELLED: dict[str, Part] = {"accessibility_label": Words(75)}
_SELECT: dict[str, Part] = {**_CONFIRMED, **_HELD}
_MULTI: dict[str, Part] = {**_SELECT, "max_selected_items": Number(1)}
_ONE: dict[str, Part] = {"initial_option": Record(OPTION)}
_SEVERAL: dict[str, Part] = {"initial_options": Many(Record(OPTION), 100)}
_OFFERED: dict[str, Part] = {
    "options": Many(Record(OPTION), 100),
    "option_groups": Many(Record(OPTION_GROUP), 100),
}
_OFFERS = (exactly_one("options", "option_groups"), initial_is_offered())
_SOUGHT: dict[str, Part] = {"min_query_length": Number(0)}
_FILTERED: dict[str, Part] = {"default_to_current_conversation": FLAG, "filter": Record(FILTER)}
_ANSWERED: dict[str, Part] = {"response_url_enabled": FLAG}
_SEVERAL_IDS = Many(Words(least=1), None)

DAY = Words(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", named="YYYY-MM-DD")
HOUR = Words(pattern=r"([01]\d|2[0-3]):[0-5]\d", named="HH:mm")
DECIMAL = Words(pattern=r"-?\d+(\.\d+)?", named="a number, as a string")

FEEDBACK = Shape(
    f"{DOCS}/feedback-buttons-element",
    needs={"text": plain(75), "value": Words(2000)},
    may=_LABELLED,
)
IMAGE = Shape(
    f"{DOCS}/image-element",
    needs={"alt_text": Words(2000, least=1)},
    may={"image_url": URL, "slack_file": Record(SLACK_FILE)},
    together=(exactly_one("image_url", "slack_file"),),
)

BUTTONS: dict[str, Shape] = {
    "button": Shape(
        f"{DOCS}/button-element",
        needs={"text": plain(75)},
        may={
            **_CONFIRMED,
            **_LABELLED,
            "value": Words(2000),
            "url": URL,
            "style": COLOUR,
            "agent_prompt": Words(4000),
        },
    ),
    "workflow_button": Shape(
        f"{DOCS}/workflow-button-element",
        needs={"text": plain(75), "workflow": Record(WORKFLOW)},
        may={**_CONFIRMED, **_LABELLED, "style": COLOUR},
    ),
    "overflow": Shape(
        f"{DOCS}/overflow-menu-element",
        needs={"options": Many(Record(MENU_OPTION), 5)},
        may=_CONFIRMED,
    ),
}
FEEDBACKS: dict[str, Shape] = {
    "feedback_buttons": Shape(
        f"{DOCS}/feedback-buttons-element",
        needs={"positive_button": Record(FEEDBACK), "negative_button": Record(FEEDBACK)},
        may=_ACTED,
        on=MESSAGE,
    ),
    "icon_button": Shape(
        f"{DOCS}/icon-button-element",
        needs={"icon": one_of("trash"), "text": plain(75)},
        may={**_CONFIRMED, **_LABELLED, "value": Words(2000), "visible_to_user_ids": _SEVERAL_IDS},
        on=MESSAGE,
    ),
}
SELECTS: dict[str, Shape] = {
    "static_select": Shape(
        f"{DOCS}/select-menu-element", may={**_SELECT, **_OFFERED, **_ONE}, together=_OFFERS
    ),
    "external_select": Shape(f"{DOCS}/select-menu-element", may={**_SELECT, **_SOUGHT, **_ONE}),
    "users_select": Shape(
        f"{DOCS}/select-menu-element", may={**_SELECT, "initial_user": Words(least=1)}
    ),
    "conversations_select": Shape(
        f"{DOCS}/select-menu-element",
        may={**_SELECT, **_FILTERED, **_ANSWERED, "initial_conversation": Words(least=1)},
    ),
    "channels_select": Shape(
        f"{DOCS}/select-menu-element",
        may={**_SELECT, **_ANSWERED, "initial_channel": Words(least=1)},
    ),
    "multi_static_select": Shape(
        f"{DOCS}/multi-select-menu-element",
        may={**_MULTI, **_OFFERED, **_SEVERAL},
        together=_OFFERS,
    ),
    "multi_external_select": Shape(
        f"{DOCS}/multi-select-menu-element", may={**_MULTI, **_SOUGHT, **_SEVERAL}
    ),
    "multi_users_select": Shape(
        f"{DOCS}/multi-select-menu-element", may={**_MULTI, "initial_users": _SEVERAL_IDS}
    ),
    "multi_conversations_select": Shape(
        f"{DOCS}/multi-select-menu-element",
        may={**_MULTI, **_FILTERED, "initial_conversations": _SEVERAL_IDS},
    ),
    "multi_channels_select": Shape(
        f"{DOCS}/multi-select-menu-element", may={**_MULTI, "initial_channels": _SEVERAL_IDS}
    ),
}
CHOICES: dict[str, Shape] = {
    "checkboxes": Shape(
        f"{DOCS}/checkboxes-element",
        needs={"options": Many(Record(CHOICE), 10)},
        may={**_CONFIRMED, **_FOCUSED, "initial_options": Many(Record(CHOICE), 10)},
        together=(initial_is_offered(),),
    ),
    "radio_buttons": Shape(
        f"{DOCS}/radio-button-group-element",
        needs={"options": Many(Record(CHOICE), 10)},
        may={**_CONFIRMED, **_FOCUSED, "initial_option": Record(CHOICE)},
        together=(initial_is_offered(),),
    ),
}
PICKERS: dict[str, Shape] = {
    "datepicker": Shape(f"{DOCS}/date-picker-element", may={**_SELECT, "initial_date": DAY}),
    "timepicker": Shape(
        f"{DOCS}/time-picker-element",
        may={**_SELECT, "initial_time": HOUR, "timezone": Words(least=1)},
    ),
}
MOMENTS: dict[str, Shape] = {
    "datetimepicker": Shape(
        f"{DOCS}/datetime-picker-element",
        # Ten digits, says Slack: seconds since 1970.
        may={**_CONFIRMED, **_FOCUSED, "initial_date_time": Number(1_000_000_000, 9_999_999_999)},
        on=NOT_HOME,
    ),
}
RICH_INPUT: dict[str, Shape] = {
    "rich_text_input": Shape(
        f"{DOCS}/rich-text-input-element",
        may={
            **_TYPED,
            "initial_value": Thing({"rich_text": RICH_TEXT}),
            "min_lines": Number(1, 100),
            "max_lines": Number(1, 100),
        },
    ),
}
INPUTS: dict[str, Shape] = {
    "plain_text_input": Shape(
        f"{DOCS}/plain-text-input-element",
        may={
            **_TYPED,
            "initial_value": Words(3000),
            "multiline": FLAG,
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),
        },
    ),
    "email_text_input": Shape(
        f"{DOCS}/email-input-element", may={**_TYPED, "initial_value": Words()}, on=MODAL
    ),
    "url_text_input": Shape(f"{DOCS}/url-input-element", may={**_TYPED, "initial_value": Words()}),
    "number_input": Shape(
        f"{DOCS}/number-input-element",
        needs={"is_decimal_allowed": FLAG},
        may={**_TYPED, "initial_value": DECIMAL, "min_value": DECIMAL, "max_value": DECIMAL},
    ),
    "file_input": Shape(
        f"{DOCS}/file-input-element",
        may={**_ACTED, "filetypes": Many(Words(least=1), None), "max_files": Number(1, 10)},
        on=MODAL,
    ),
}
SOURCES: dict[str, Shape] = {
    "url": Shape(
        f"{DOCS}/url-source-element", needs={"url": Words(least=1), "text": Words(least=1)}
    ),
}

IN_ACTIONS = {**BUTTONS, **SELECTS, **CHOICES, **PICKERS, **MOMENTS, **RICH_INPUT}
IN_SECTION = {**BUTTONS, **SELECTS, **CHOICES, **PICKERS, "image": IMAGE}
IN_INPUT = {**SELECTS, **CHOICES, **PICKERS, **MOMENTS, **RICH_INPUT, **INPUTS}
ELEMENTS = {**IN_ACTIONS, **INPUTS, **FEEDBACKS, **SOURCES, "image": IMAGE}
