"""The limits of rich text: its paragraphs, lists and quotes, and every inner element with its styles."""

from sandbox.block_kit.limits.parts import (
    FLAG,
    ID,
    Many,
    Number,
    Record,
    Shape,
    Thing,
    Words,
    one_of,
)

DOCS = "https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"
SAID = Words(least=1)

STYLE = Shape(DOCS, may=dict.fromkeys(("bold", "italic", "strike", "underline", "code"), FLAG))
MENTION_STYLE = Shape(
    DOCS,
    may=dict.fromkeys(
        ("bold", "italic", "strike", "underline", "highlight", "client_highlight", "unlink"), FLAG
    ),
)
_STYLED = {"style": Record(STYLE)}
_MENTIONED = {"style": Record(MENTION_STYLE)}

INNER: dict[str, Shape] = {
    "text": Shape(DOCS, needs={"text": SAID}, may=_STYLED),
    "link": Shape(DOCS, needs={"url": SAID}, may={"text": Words(), "unsafe": FLAG, **_STYLED}),
    "emoji": Shape(
        DOCS,
        needs={"name": SAID},
        may={"unicode": SAID, "url": SAID, "skin_tone": Number(1, 6), **_STYLED},
    ),
    "date": Shape(
        DOCS,
        needs={"timestamp": Number(), "format": SAID},
        may={"url": SAID, "fallback": SAID, **_STYLED},
    ),
    "user": Shape(DOCS, needs={"user_id": SAID}, may=_MENTIONED),
    "usergroup": Shape(DOCS, needs={"usergroup_id": SAID}, may=_MENTIONED),
    "channel": Shape(DOCS, needs={"channel_id": SAID}, may=_MENTIONED),
    "team": Shape(DOCS, needs={"team_id": SAID}, may=_MENTIONED),
    "broadcast": Shape(DOCS, needs={"range": one_of("here", "channel", "everyone")}, may=_STYLED),
    "color": Shape(
        DOCS, needs={"value": Words(pattern=r"#[0-9a-fA-F]{6}", named="#rrggbb")}, may=_STYLED
    ),
}
_BORDER = {"border": Number(0, 1)}
_ANY = Many(Thing(INNER), None, least=0)
SECTION = Shape(DOCS, needs={"elements": _ANY})

PARAGRAPHS: dict[str, Shape] = {
    "rich_text_section": SECTION,
    "rich_text_list": Shape(
        DOCS,
        needs={
            "style": one_of("bullet", "ordered"),
            "elements": Many(Thing({"rich_text_section": SECTION}), None),
        },
        may={"indent": Number(0, 8), "offset": Number(0), **_BORDER},
    ),
    "rich_text_quote": Shape(DOCS, needs={"elements": _ANY}, may=_BORDER),
    "rich_text_preformatted": Shape(
        DOCS,
        needs={
            "elements": Many(Thing({name: INNER[name] for name in ("text", "link")}), None, least=0)
        },
        may={"language": Words(), **_BORDER},
    ),
}
RICH_TEXT = Shape(DOCS, needs={"elements": Many(Thing(PARAGRAPHS), None)}, may={"block_id": ID})
STYLES = {"style of a text": STYLE, "style of a mention": MENTION_STYLE}
