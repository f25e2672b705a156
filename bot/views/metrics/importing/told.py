"""What people are told of files that they bring, beside the card."""

from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids


def coming(count: int, t: Text) -> Block:
    """In place of the form."""
    told = t.n(
        "I am looking through your file. What I take it for comes in our conversation.",
        "I am looking through your {count} files. What I take them for comes in our conversation.",
        count,
    )
    return b.modal(ids.IMPORT_FORM, t("Bring in numbers"), [b.section(told)], close=t("Close"))


def no_table(t: Text) -> str:
    return t(
        "I can only read tables: CSV or Excel files. If this holds numbers, please save it as one, and send that."
    )
