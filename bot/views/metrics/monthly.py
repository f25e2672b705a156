"""A month's report as a message: the numbers as a digest tells them, and that the Excel file is on its way."""

from bot.rules.metrics.digest.telling import Told
from bot.rules.reports.exports import Export
from bot.text import Text
from bot.views.blocks import shorten
from bot.views.handovers.words import TEXT_LIMIT, Message
from bot.views.metrics import digest
from bot.views.reports import told


def message(seen: Told, export: Export, t: Text) -> Message:
    """Its complete text, as far as a message's text can hold it, and its blocks."""
    text, blocks = digest.message(seen, t)
    said = f"{told.coming(export, t)}\n{text}"
    return shorten(said, TEXT_LIMIT), [*blocks, *told.coming_blocks(export, t)]
