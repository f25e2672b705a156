"""The limits of views, and of what a whole message or view holds in sum."""

from dataclasses import dataclass

from sandbox.block_kit.limits.blocks import BLOCKS
from sandbox.block_kit.limits.parts import FLAG, ID, Many, Part, Shape, Thing, Words, plain
from sandbox.block_kit.limits.together import submit_with_inputs

BLOCK_DOCS = "https://docs.slack.dev/reference/block-kit/blocks"
VIEW_DOCS = "https://docs.slack.dev/reference/views"
POST_DOCS = "https://docs.slack.dev/reference/methods/chat.postMessage"

MESSAGE_BLOCKS = Many(Thing(BLOCKS), 50, least=0)
VIEW_BLOCKS = Many(Thing(BLOCKS), 100, least=0)

_VIEW: dict[str, Part] = {"private_metadata": Words(3000), "callback_id": ID, "external_id": ID}
VIEWS: dict[str, Shape] = {
    "modal": Shape(
        f"{VIEW_DOCS}/modal-views",
        needs={"title": plain(24), "blocks": VIEW_BLOCKS},
        may={
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": FLAG,
            "notify_on_close": FLAG,
            **_VIEW,
        },
        together=(submit_with_inputs(),),
    ),
    "home": Shape(f"{VIEW_DOCS}/home-tab-views", needs={"blocks": VIEW_BLOCKS}, may=_VIEW),
}


@dataclass(frozen=True)
class Count:
    """So many blocks of a kind in one message."""

    kind: str
    most: int
    docs: str
    says: str
    # What Slack answers instead of its usual error.
    error: str = ""


@dataclass(frozen=True)
class Characters:
    """So many characters in all blocks of a kind together; without a kind, in all but those with a limit of their own."""

    kind: str
    most: int
    docs: str
    error: str = ""

    @property
    def says(self) -> str:
        return f"all {self.kind or 'text of the'} blocks together must be less than {self.most + 1} characters"


WHOLE_MESSAGE: tuple[Count | Characters, ...] = (
    Count("table", 1, f"{BLOCK_DOCS}/table-block", "only_one_table_allowed", "invalid_attachments"),
    Count(
        "data_visualization",
        2,
        f"{BLOCK_DOCS}/data-visualization-block",
        "no more than 2 data_visualization blocks are allowed",
    ),
    Characters("table", 10_000, f"{BLOCK_DOCS}/table-block"),
    Characters("data_table", 20_000, f"{BLOCK_DOCS}/data-table-block"),
    Characters("markdown", 12_000, f"{BLOCK_DOCS}/markdown-block"),
    # Slack does not say where it ends; people met it between 11,000 and 13,200.
    Characters("", 13_200, POST_DOCS, "msg_blocks_too_long"),
)
VIEW_BYTES = 250_000
