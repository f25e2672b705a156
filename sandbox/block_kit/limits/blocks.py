"""The limits of blocks: what each is made of, and on which surfaces it may stand."""

from sandbox.block_kit.limits.composition import ICON, LONGEST_TEXT, SLACK_FILE, text_objects
from sandbox.block_kit.limits.data import DATA_BLOCKS
from sandbox.block_kit.limits.elements import (
    BUTTONS,
    FEEDBACKS,
    IMAGE,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    SOURCES,
)
from sandbox.block_kit.limits.parts import (
    FLAG,
    HTTPS,
    ID,
    MESSAGE,
    MODAL,
    NOT_MODAL,
    NOWHERE,
    URL,
    Many,
    Number,
    Part,
    Record,
    Shape,
    Text,
    Thing,
    Words,
    one_of,
    plain,
)
from sandbox.block_kit.limits.rich_text import RICH_TEXT
from sandbox.block_kit.limits.together import (
    any_of,
    exactly_one,
    no_dispatch_with,
    not_both,
    only_with,
    unique,
)

DOCS = "https://docs.slack.dev/reference/block-kit/blocks"
_NAMED: dict[str, Part] = {"block_id": ID}
_PICTURE = Thing({"image": IMAGE})
_RICH = Thing({"rich_text": RICH_TEXT})

SIMPLE: dict[str, Shape] = {
    "section": Shape(
        f"{DOCS}/section-block",
        may={
            "text": Text(LONGEST_TEXT),
            "fields": Many(Text(2000), 10),
            "accessory": Thing(IN_SECTION),
            "expand": FLAG,
            **_NAMED,
        },
        together=(any_of("text", "fields"),),
    ),
    "header": Shape(
        f"{DOCS}/header-block", needs={"text": plain(150)}, may={"level": Number(1, 4), **_NAMED}
    ),
    "context": Shape(
        f"{DOCS}/context-block",
        needs={"elements": Many(Thing({**text_objects(LONGEST_TEXT), "image": IMAGE}), 10)},
        may=_NAMED,
    ),
    "actions": Shape(
        f"{DOCS}/actions-block", needs={"elements": Many(Thing(IN_ACTIONS), 25)}, may=_NAMED
    ),
    "divider": Shape(f"{DOCS}/divider-block", may=_NAMED),
    "rich_text": RICH_TEXT,
    "image": Shape(
        f"{DOCS}/image-block",
        needs={"alt_text": Words(2000, least=1)},
        may={"image_url": URL, "slack_file": Record(SLACK_FILE), "title": plain(2000), **_NAMED},
        together=(exactly_one("image_url", "slack_file"),),
    ),
    "input": Shape(
        f"{DOCS}/input-block",
        needs={"label": plain(2000), "element": Thing(IN_INPUT)},
        may={"hint": plain(2000), "optional": FLAG, "dispatch_action": FLAG, **_NAMED},
        together=(no_dispatch_with("file_input"),),
    ),
    "video": Shape(
        f"{DOCS}/video-block",
        needs={
            "title": plain(199),
            "alt_text": Words(least=1),
            "video_url": HTTPS,
            "thumbnail_url": URL,
        },
        may={
            "title_url": HTTPS,
            "description": plain(199),
            "author_name": Words(49),
            "provider_name": Words(),
            "provider_icon_url": URL,
            **_NAMED,
        },
    ),
    # It comes with messages that hold remote files; an app cannot post it.
    "file": Shape(
        f"{DOCS}/file-block",
        needs={"external_id": Words(least=1), "source": one_of("remote")},
        may=_NAMED,
        on=NOWHERE,
    ),
}
_CARD: dict[str, Part] = {
    "hero_image": _PICTURE,
    "icon": _PICTURE,
    "slack_icon": Thing({"icon": ICON}),
    "title": Text(150),
    "subtitle": Text(150),
    "body": Text(200),
    "subtext": Text(200),
    "actions": Many(Thing({"button": BUTTONS["button"]}), 3),
    **_NAMED,
}
CARD = Shape(
    f"{DOCS}/card-block",
    may=_CARD,
    together=(any_of("hero_image", "title", "actions", "body"), not_both("icon", "slack_icon")),
)


def _task(*statuses: str) -> Shape:
    return Shape(
        f"{DOCS}/task-card-block",
        needs={"task_id": Words(least=1), "title": Words(least=1)},
        may={
            "status": one_of(*statuses),
            "details": _RICH,
            "output": _RICH,
            "sources": Many(Thing(SOURCES), None),
            "icon": Thing({"icon": ICON}),
            "hide_title": FLAG,
            **_NAMED,
        },
        on=MESSAGE,
    )


# What is still to come stands in a plan; alone, Slack refuses it.
TASK = _task("in_progress", "complete", "error")
PLANNED_TASK = _task("pending", "in_progress", "complete", "error")
CHILDREN = "actions context divider file header image input rich_text section video"

GROUPS: dict[str, Shape] = {
    "alert": Shape(
        f"{DOCS}/alert-block",
        needs={"text": Text(200)},
        may={"level": one_of("default", "info", "warning", "error", "success"), **_NAMED},
        on=MODAL,
    ),
    "card": CARD,
    "carousel": Shape(
        f"{DOCS}/carousel-block",
        needs={"elements": Many(Thing({"card": CARD}), 10)},
        may=_NAMED,
        on=NOT_MODAL,
    ),
    "container": Shape(
        f"{DOCS}/container-block",
        needs={
            "child_blocks": Many(
                Thing(
                    {name: SIMPLE[name] for name in CHILDREN.split()}
                    | {"table": DATA_BLOCKS["table"]}
                ),
                10,
            )
        },
        may={
            "title": plain(150),
            "rich_text_title": _RICH,
            "subtitle": Text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": _PICTURE,
            "is_collapsible": FLAG,
            "default_collapsed": FLAG,
            "has_header_divider": FLAG,
            **_NAMED,
        },
        together=(
            any_of("title", "rich_text_title"),
            only_with("default_collapsed", "is_collapsible"),
            not_both("is_collapsible", "has_header_divider"),
        ),
        on=NOT_MODAL,
    ),
    "markdown": Shape(
        f"{DOCS}/markdown-block",
        needs={"text": Words(12_000, least=1)},
        may=_NAMED,
        on=MESSAGE,
    ),
    "context_actions": Shape(
        f"{DOCS}/context-actions-block",
        needs={"elements": Many(Thing(FEEDBACKS), 5)},
        may=_NAMED,
        on=MESSAGE,
    ),
    "task_card": TASK,
    "plan": Shape(
        f"{DOCS}/plan-block",
        needs={"title": Words(least=1)},
        may={
            "tasks": Many(Thing({"task_card": PLANNED_TASK}, unless_said="task_card"), 50),
            **_NAMED,
        },
        together=(unique("tasks", "task_id"),),
        on=MESSAGE,
    ),
}
BLOCKS: dict[str, Shape] = {**SIMPLE, **GROUPS, **DATA_BLOCKS}
