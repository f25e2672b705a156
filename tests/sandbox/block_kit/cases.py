"""What a case of the table of payloads is, and the cases about blocks."""

from dataclasses import dataclass, field

from tests.sandbox.block_kit.samples import BUTTON, CARD, PICTURE, TASK, held, rich, sample, text
from tests.sandbox.block_kit.samples import mrkdwn as marked
from tests.sandbox.helpers import Json

# In place of a value: the key is not there at all.
GONE = object()


@dataclass(frozen=True)
class Case:
    """A kind, a rule about it, what keeps the rule, what breaks it, and what is then said about which place."""

    kind: str
    rule: str
    good: dict[str, object]
    bad: dict[str, object]
    at: str
    says: str
    name: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", f"{self.kind}: {self.rule}")

    def payload(self, *, good: bool) -> tuple[Json, str, str]:
        """The block, the surface it stands on and the pointer to what is looked at."""
        piece = sample(self.kind) | (self.good if good else self.bad)
        whole = held(self.kind, {key: one for key, one in piece.items() if one is not GONE})
        return whole.payload, whole.surface, whole.at


def longer_than(most: int) -> str:
    return f"must be less than {most + 1} characters"


# One case a line, so that it reads as the table that it is.
# fmt: off
BLOCK_CASES = [
    Case("section", "text or fields", {"fields": [text()]}, {"text": GONE}, "/type", "must define either `text` or `fields`"),
    Case("section", "text is no longer than 3,000", {"text": marked("x" * 3000)}, {"text": marked("x" * 3001)}, "/text/text", longer_than(3000)),
    Case("section", "text is not empty", {"text": marked("x")}, {"text": marked("")}, "/text/text", "must be more than 0 characters"),
    Case("section", "a text object, not a string", {"text": text()}, {"text": "Words"}, "/text", "must provide an object"),
    Case("section", "the text is of a known type", {"text": text()}, {"text": text("x", "markdown")}, "/text/type", "unsupported type: markdown"),
    Case("section", "a text says its type", {"text": text()}, {"text": {"text": "Words"}}, "/text", "missing required field: type"),
    Case("section", "no more than 10 fields", {"fields": [text()] * 10}, {"fields": [text()] * 11}, "/fields", "no more than 10 items allowed"),
    Case("section", "a field is no longer than 2,000", {"fields": [text("x" * 2000)]}, {"fields": [text("x" * 2001)]}, "/fields/0/text", longer_than(2000)),
    Case("section", "fields are a list", {"fields": [text()]}, {"fields": text()}, "/fields", "must provide an array"),
    Case("section", "an accessory that fits", {"accessory": BUTTON}, {"accessory": {"type": "plain_text_input"}}, "/accessory/type", "unsupported type: plain_text_input"),
    Case("section", "a moment is not picked beside words", {"accessory": {"type": "datepicker"}}, {"accessory": {"type": "datetimepicker"}}, "/accessory/type", "unsupported type: datetimepicker"),
    Case("section", "expand is true or false", {"expand": True}, {"expand": "yes"}, "/expand", "must be a boolean"),
    Case("section", "no key that is not known", {}, {"color": "red"}, "", "invalid additional property: color"),
    Case("section", "block_id is no longer than 255", {"block_id": "x" * 255}, {"block_id": "x" * 256}, "/block_id", longer_than(255)),
    Case("section", "block_id is a string", {"block_id": "a"}, {"block_id": 7}, "/block_id", "must provide a string"),
    Case("section", "emoji is for plain text", {"text": text() | {"emoji": True}}, {"text": marked() | {"emoji": True}}, "/text", "invalid additional property: emoji"),
    Case("section", "verbatim is for mrkdwn", {"text": marked() | {"verbatim": True}}, {"text": text() | {"verbatim": True}}, "/text", "invalid additional property: verbatim"),
    Case("header", "plain text only", {"text": text()}, {"text": marked()}, "/text/type", "unsupported type: mrkdwn"),
    Case("header", "no longer than 150", {"text": text("x" * 150)}, {"text": text("x" * 151)}, "/text/text", longer_than(150)),
    Case("header", "level is 1 to 4", {"level": 4}, {"level": 5}, "/level", "must be less than 4"),
    Case("header", "level is a whole number", {"level": 1}, {"level": 1.5}, "/level", "must provide an integer"),
    Case("header", "text is needed", {}, {"text": GONE}, "", "missing required field: text"),
    Case("context", "something in it", {}, {"elements": []}, "/elements", "must provide at least 1 items"),
    Case("context", "no more than 10 elements", {"elements": [text()] * 10}, {"elements": [text()] * 11}, "/elements", "no more than 10 items allowed"),
    Case("context", "texts and images only", {"elements": [marked(), PICTURE]}, {"elements": [BUTTON]}, "/elements/0/type", "unsupported type: button"),
    Case("actions", "no more than 25 elements", {"elements": [{"type": "datepicker"}] * 25}, {"elements": [{"type": "datepicker"}] * 26}, "/elements", "no more than 25 items allowed"),
    Case("actions", "something to act with", {"elements": [{"type": "users_select"}]}, {"elements": [{"type": "plain_text_input"}]}, "/elements/0/type", "unsupported type: plain_text_input"),
    Case("actions", "an action_id once", {"elements": [BUTTON, BUTTON | {"action_id": "other"}]}, {"elements": [BUTTON, BUTTON]}, "/elements/1/action_id", '`action_id` "go" already exists'),
    Case("actions", "one focus", {"elements": [{"type": "datepicker", "focus_on_load": True}]}, {"elements": [{"type": "datepicker", "focus_on_load": True}] * 2}, "/elements/1/focus_on_load", "only one element can have `focus_on_load`"),
    Case("divider", "nothing but an id", {"block_id": "a"}, {"text": text()}, "", "invalid additional property: text"),
    Case("image", "an address or a file", {"image_url": GONE, "slack_file": {"id": "F1"}}, {"slack_file": {"id": "F1"}}, "", "must define exactly one of `image_url` or `slack_file`"),
    Case("image", "a file by id or by address", {"image_url": GONE, "slack_file": {"url": "https://files.example/1"}}, {"image_url": GONE, "slack_file": {}}, "/slack_file", "must define exactly one of `id` or `url`"),
    Case("image", "alt_text is needed", {}, {"alt_text": GONE}, "", "missing required field: alt_text"),
    Case("image", "alt_text is no longer than 2,000", {"alt_text": "x" * 2000}, {"alt_text": "x" * 2001}, "/alt_text", longer_than(2000)),
    Case("image", "image_url is no longer than 3,000", {"image_url": "x" * 3000}, {"image_url": "x" * 3001}, "/image_url", longer_than(3000)),
    Case("image", "title is plain", {"title": text("x" * 2000)}, {"title": marked()}, "/title/type", "unsupported type: mrkdwn"),
    Case("input", "a label", {}, {"label": GONE}, "", "missing required field: label"),
    Case("input", "an element", {}, {"element": GONE}, "", "missing required field: element"),
    Case("input", "an element that takes input", {"element": {"type": "users_select"}}, {"element": BUTTON}, "/element/type", "unsupported type: button"),
    Case("input", "hint is no longer than 2,000", {"hint": text("x" * 2000)}, {"hint": text("x" * 2001)}, "/hint/text", longer_than(2000)),
    Case("input", "optional is true or false", {"optional": True}, {"optional": 1}, "/optional", "must be a boolean"),
    Case("input", "an e-mail is typed in modals only", {"element": {"type": "url_text_input"}}, {"element": {"type": "email_text_input"}}, "/element/type", "unsupported type: email_text_input"),
    Case("video", "title is shorter than 200", {"title": text("x" * 199)}, {"title": text("x" * 200)}, "/title/text", longer_than(199)),
    Case("video", "author is shorter than 50", {"author_name": "x" * 49}, {"author_name": "x" * 50}, "/author_name", longer_than(49)),
    Case("video", "https only", {"title_url": "https://v.example"}, {"video_url": "http://v.example"}, "/video_url", "input must match regex pattern"),
    Case("alert", "no longer than 200", {"text": text("x" * 200)}, {"text": text("x" * 201)}, "/text/text", longer_than(200)),
    Case("alert", "a known level", {"level": "success"}, {"level": "loud"}, "/level", "must be a valid enum value"),
    Case("card", "something to see", {"title": GONE, "hero_image": PICTURE}, {"title": GONE, "subtitle": text()}, "/type", "must define either `hero_image`, `title`, `actions` or `body`"),
    Case("card", "one icon", {"slack_icon": {"type": "icon", "name": "star"}}, {"slack_icon": {"type": "icon", "name": "star"}, "icon": PICTURE}, "/slack_icon", "cannot define both `icon` and `slack_icon`"),
    Case("card", "an icon that Slack has", {"slack_icon": {"type": "icon", "name": "bug"}}, {"slack_icon": {"type": "icon", "name": "notebook"}}, "/slack_icon/name", "must be a valid enum value"),
    Case("card", "no more than 3 buttons", {"actions": [BUTTON | {"action_id": str(n)} for n in range(3)]}, {"actions": [BUTTON | {"action_id": str(n)} for n in range(4)]}, "/actions", "no more than 3 items allowed"),
    Case("card", "body is no longer than 200", {"body": text("x" * 200)}, {"body": text("x" * 201)}, "/body/text", longer_than(200)),
    Case("card", "texts are objects", {"subtitle": text()}, {"subtitle": "Words"}, "/subtitle", "must provide an object"),
    Case("carousel", "1 to 10 cards", {"elements": [CARD] * 10}, {"elements": [CARD] * 11}, "/elements", "no more than 10 items allowed"),
    Case("carousel", "cards only", {}, {"elements": [{"type": "divider"}]}, "/elements/0/type", "unsupported type: divider"),
    Case("container", "a title", {"title": GONE, "rich_text_title": rich()}, {"title": GONE}, "/type", "must define either `title` or `rich_text_title`"),
    Case("container", "no more than 10 blocks", {"child_blocks": [{"type": "divider"}] * 10}, {"child_blocks": [{"type": "divider"}] * 11}, "/child_blocks", "no more than 10 items allowed"),
    Case("container", "blocks that fit", {"child_blocks": [sample("table")]}, {"child_blocks": [sample("markdown")]}, "/child_blocks/0/type", "unsupported type: markdown"),
    Case("container", "collapsed only if it can be", {"is_collapsible": True, "default_collapsed": True}, {"default_collapsed": True}, "/default_collapsed", "`default_collapsed` needs `is_collapsible`"),
    Case("container", "no line under a header that collapses", {"has_header_divider": True}, {"has_header_divider": True, "is_collapsible": True}, "/has_header_divider", "cannot define both"),
    Case("container", "a known width", {"width": "full"}, {"width": "huge"}, "/width", "must be a valid enum value"),
    Case("container", "block_ids differ within it too", {"block_id": "a", "child_blocks": [{"type": "divider", "block_id": "b"}]}, {"block_id": "a", "child_blocks": [{"type": "divider", "block_id": "a"}]}, "/child_blocks/0/block_id", '`block_id` "a" already exists'),
    Case("markdown", "no longer than 12,000", {"text": "x" * 12000}, {"text": "x" * 12001}, "/text", longer_than(12000)),
    Case("markdown", "a string, not a text object", {}, {"text": text()}, "/text", "must provide a string"),
    Case("context_actions", "no more than 5 elements", {"elements": [{"type": "icon_button", "icon": "trash", "text": text()}] * 5}, {"elements": [{"type": "icon_button", "icon": "trash", "text": text()}] * 6}, "/elements", "no more than 5 items allowed"),
    Case("context_actions", "feedback and icons only", {}, {"elements": [BUTTON]}, "/elements/0/type", "unsupported type: button"),
    Case("task_card", "an id", {}, {"task_id": GONE}, "", "missing required field: task_id"),
    Case("task_card", "a title that is a string", {}, {"title": text()}, "/title", "must provide a string"),
    Case("task_card", "alone it is not pending", {"status": "in_progress"}, {"status": "pending"}, "/status", "must be a valid enum value"),
    Case("task_card", "details are rich text", {"details": rich()}, {"details": text()}, "/details/type", "unsupported type: plain_text"),
    Case("plan", "no more than 50 tasks", {"tasks": [TASK | {"task_id": str(n)} for n in range(50)]}, {"tasks": [TASK | {"task_id": str(n)} for n in range(51)]}, "/tasks", "no more than 50 items allowed"),
    Case("plan", "a task_id once", {"tasks": [{"task_id": "a", "title": "Look"}]}, {"tasks": [TASK, TASK]}, "/tasks/1/task_id", "each `task_id` of `tasks` must be unique"),
    Case("plan", "a title", {}, {"title": GONE}, "", "missing required field: title"),
]
# fmt: on
