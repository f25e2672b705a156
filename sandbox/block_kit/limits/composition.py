"""The limits of composition objects: texts, options, confirmations and the other pieces that elements are made of."""

from functools import cache

from sandbox.block_kit.limits.parts import (
    FLAG,
    URL,
    Many,
    Record,
    Shape,
    Text,
    Words,
    one_of,
    plain,
)
from sandbox.block_kit.limits.together import any_of, exactly_one

DOCS = "https://docs.slack.dev/reference/block-kit/composition-objects"
# No text object is longer; most places allow less.
LONGEST_TEXT = 3000


@cache
def text_objects(most: int) -> dict[str, Shape]:
    docs, text = f"{DOCS}/text-object", Words(most, least=1)
    return {
        "plain_text": Shape(docs, needs={"text": text}, may={"emoji": FLAG}),
        "mrkdwn": Shape(docs, needs={"text": text}, may={"verbatim": FLAG}),
    }


COLOUR = one_of("primary", "danger")

CONFIRM = Shape(
    f"{DOCS}/confirmation-dialog-object",
    needs={"title": plain(100), "text": Text(300), "confirm": plain(30), "deny": plain(30)},
    may={"style": COLOUR},
)
OPTION = Shape(
    f"{DOCS}/option-object",
    needs={"text": plain(75), "value": Words(150, least=1)},
    may={"description": plain(75)},
)
# Checkboxes and radio buttons show mrkdwn too.
CHOICE = Shape(
    f"{DOCS}/option-object",
    needs={"text": Text(75), "value": Words(150, least=1)},
    may={"description": Text(75)},
)
# Only an overflow menu leads to addresses.
MENU_OPTION = Shape(
    f"{DOCS}/option-object",
    needs={"text": plain(75), "value": Words(150, least=1)},
    may={"description": plain(75), "url": URL},
)
OPTION_GROUP = Shape(
    f"{DOCS}/option-group-object",
    needs={"label": plain(75), "options": Many(Record(OPTION), 100)},
)
DISPATCH = Shape(
    f"{DOCS}/dispatch-action-configuration-object",
    may={"trigger_actions_on": Many(one_of("on_enter_pressed", "on_character_entered"), 2)},
)
FILTER = Shape(
    f"{DOCS}/conversation-filter-object",
    may={
        "include": Many(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": FLAG,
        "exclude_bot_users": FLAG,
    },
    together=(any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
SLACK_FILE = Shape(
    f"{DOCS}/slack-file-object",
    may={"id": Words(least=1), "url": Words(least=1)},
    together=(exactly_one("id", "url"),),
)
PARAMETER = Shape(f"{DOCS}/trigger-object", needs={"name": Words(least=1), "value": Words()})
TRIGGER = Shape(
    f"{DOCS}/trigger-object",
    needs={"url": Words(least=1)},
    may={"customizable_input_parameters": Many(Record(PARAMETER), None, least=0)},
)
WORKFLOW = Shape(f"{DOCS}/workflow-object", needs={"trigger": Record(TRIGGER)})
ICONS = (
    "archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment compass copy cube "
    "download edit email eye-closed eye-open file flag folder gear globe heart help image info key lightbulb link map "
    "mobile new-window pin plus refine refresh rocket save screen share sparkle star star-filled tag thumbs-down "
    "thumbs-up trash upload user warning"
)
ICON = Shape(f"{DOCS}/slack-icon-object", needs={"name": one_of(*ICONS.split())})

COMPOSITION: dict[str, Shape] = {
    **text_objects(LONGEST_TEXT),
    "confirmation dialog": CONFIRM,
    "option": OPTION,
    "option of checkboxes and radio buttons": CHOICE,
    "option of an overflow menu": MENU_OPTION,
    "option group": OPTION_GROUP,
    "dispatch action configuration": DISPATCH,
    "conversation filter": FILTER,
    "Slack file": SLACK_FILE,
    "workflow": WORKFLOW,
    "trigger": TRIGGER,
    "trigger's parameter": PARAMETER,
    "icon": ICON,
}
