"""A screen of numbers: an answer that only its reader sees, with charts, or the same as a modal, where Slack draws none."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids

NOT_IN_MODALS = frozenset({"data_visualization", "data_table", "table"})


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` is the whole for who cannot see the blocks."""

    title: str
    text: str
    blocks: Sequence[Block]


def as_modal(screen: Screen, t: Text) -> Block:
    blocks = [one for one in screen.blocks if one["type"] not in NOT_IN_MODALS]
    return b.modal(ids.SEEN, screen.title, blocks, close=t("Close"))
