"""The limits of rich text: its paragraphs, lists and quotes, and every inner element with its styles."""

from sandbox.block_kit.limits.parts import (
    FLAG,
    ID,
    Many,
    Number,
    Part,
    Record,
    Shape,
    Thing,
    Words,
    one_of,
)

DOCS = "https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"
ELEMENT_DOCS = "https://docs.slack.dev/reference/block-kit/block-elements"
SAID = Words(least=1)
COLOURS = ("gray", "brown", "purple", "indigo", "blue", "green", "yellow", "orange", "red")
STYLES = "bold italic strike underline code highlight client_highlight unlink"

STYLE = Shape(f"{ELEMENT_DOCS}/text-element", may=dict.fromkeys(STYLES.split(), FLAG))


def _inner(page: str, needs: dict[str, Part], **may: Part) -> Shape:
    return Shape(f"{ELEMENT_DOCS}/{page}", needs=needs, may={**may, "style": Record(STYLE)})


# Slack has a `citation` too, of whose details only a part is known here: it is refused.
INNER: dict[str, Shape] = {
    "text": _inner("text-element", {"text": SAID}),
    "link": _inner("rich-text-section-element", {"url": SAID}, text=Words(), unsafe=FLAG),
    "emoji": _inner(
        "emoji-element", {"name": SAID}, unicode=SAID, url=SAID, skin_tone=Number(1, 6)
    ),
    "date": _inner(
        "rich-text-section-element",
        {"timestamp": Number(), "format": SAID},
        url=SAID,
        fallback=SAID,
    ),
    "user": _inner("rich-text-section-element", {"user_id": SAID}),
    "usergroup": _inner("rich-text-section-element", {"usergroup_id": SAID}),
    "team": _inner("rich-text-section-element", {"team_id": SAID}),
    "channel": _inner("channel-element", {"channel_id": SAID}),
    "broadcast": _inner("broadcast-element", {"range": one_of("here", "channel", "everyone")}),
    "color": _inner("color-element", {"value": Words(pattern=r"#[0-9a-fA-F]{6}", named="#rrggbb")}),
    "tag": _inner("tag-element", {"text": SAID}, color=one_of(*COLOURS)),
    "file": _inner(
        "file-element", {"file_id": SAID}, text=SAID, url=SAID, is_skill_invocation=FLAG
    ),
    "canvas": _inner(
        "canvas-element",
        {"file_id": SAID},
        label=SAID,
        hide_title=FLAG,
        section_id=SAID,
        text=SAID,
        url=SAID,
        is_skill_invocation=FLAG,
    ),
    "canvas_user_mention": _inner("canvas-user-mention-element", {"user_id": SAID}, thread_id=SAID),
    "canvas_message_unfurl": _inner(
        "canvas-message-unfurl-element", {"root_message_ts": SAID, "root_message_channel": SAID}
    ),
    "list_record": _inner(
        "list-record-element", {"file_id": SAID}, record_id=SAID, view_id=SAID, text=SAID, url=SAID
    ),
    "message_mention": _inner(
        "message-mention-element",
        {"channel_id": SAID, "message_ts": SAID},
        author_id=SAID,
        thread_ts=SAID,
        text=SAID,
        url=SAID,
    ),
    "attachment_mention": _inner(
        "attachment-mention-element",
        {"url": SAID},
        text=SAID,
        app_id=SAID,
        entity_id=SAID,
        icon_url=SAID,
        channel_id=SAID,
        ts=SAID,
        full_size_preview_enabled=FLAG,
        icon_name=SAID,
        reference_object_type=SAID,
    ),
    "work_object_mention": _inner(
        "work-object-mention-element",
        {"entity_id": SAID, "app_id": SAID, "text": SAID, "url": SAID},
        icon_url=SAID,
        full_size_preview_enabled=FLAG,
        product_name=SAID,
    ),
    "workflow_mention": _inner(
        "workflow-mention-element",
        {"workflow_id": SAID, "function_trigger_id": SAID, "text": SAID},
        url=SAID,
        channel_id=SAID,
        ts=SAID,
    ),
    "salesforce_data_field": _inner(
        "salesforce-data-field-element",
        {"salesforce_record_id": SAID},
        salesforce_field_label=SAID,
        salesforce_field_api_name=SAID,
        salesforce_include_field_label=FLAG,
    ),
}
_BORDER: dict[str, Part] = {"border": Number(0, 1)}
_ANY = Many(Thing(INNER), None, least=0)
_CODE = Many(Thing({name: INNER[name] for name in ("text", "link")}), None, least=0)
SECTION = Shape(f"{ELEMENT_DOCS}/rich-text-section-element", needs={"elements": _ANY})

PARAGRAPHS: dict[str, Shape] = {
    "rich_text_section": SECTION,
    "rich_text_list": Shape(
        f"{ELEMENT_DOCS}/rich-text-list-element",
        needs={
            "style": one_of("bullet", "ordered"),
            "elements": Many(Thing({"rich_text_section": SECTION}), None),
        },
        may={"indent": Number(0, 8), "offset": Number(0), **_BORDER},
    ),
    "rich_text_quote": Shape(
        f"{ELEMENT_DOCS}/rich-text-quote-element", needs={"elements": _ANY}, may=_BORDER
    ),
    "rich_text_preformatted": Shape(
        f"{ELEMENT_DOCS}/rich-text-preformatted-element",
        needs={"elements": _CODE},
        may={"language": Words(), **_BORDER},
    ),
}
RICH_TEXT = Shape(DOCS, needs={"elements": Many(Thing(PARAGRAPHS), None)}, may={"block_id": ID})
