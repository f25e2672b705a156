"""What the card of an import asks: a question each, with how the first cells read by every answer."""

from collections.abc import Sequence

from bot.rules.metrics.cells.durations import Unit
from bot.rules.metrics.cells.moments import Order
from bot.rules.metrics.cells.numbers import DecimalSign
from bot.rules.metrics.files import Decided
from bot.rules.metrics.files.decided import key_of
from bot.rules.metrics.questions import Asks, Choice, KeyChoice, Question
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.importing import words

MOST_ASKED = 5
"""At once; the others come when these are answered."""
KEYS = {
    KeyChoice.COLUMN: _("It names each line: a line that comes again replaces the earlier one"),
    KeyChoice.KEEP: _("Add these lines to what is there"),
    KeyChoice.REPLACE: _("Replace earlier files with days of this one"),
}


def blocks(import_id: str, found: Sequence[Question], decided: Decided, t: Text) -> list[Block]:
    return [_block(import_id, one, decided, t) for one in found[:MOST_ASKED]]


def team_block(import_id: str, teams: Sequence[Team], t: Text) -> Block:
    """Whose numbers these are, for who may import for several teams."""
    chosen = b.select(
        [b.option(one.name, one.id) for one in teams],
        placeholder=t("Choose a team"),
        action_id=ids.IMPORT_TEAM,
    )
    block = b.section(t("*Whose numbers are these?*"), accessory=chosen)
    return block | {"block_id": f"team:{import_id}"}


def _block(import_id: str, question: Question, decided: Decided, t: Text) -> Block:
    chosen = b.select(
        [b.option(_choice(question, one, decided, t), one.value) for one in question.choices],
        placeholder=t("Choose"),
        action_id=f"{ids.IMPORT_ANSWER}:{key_of(question)}",
    )
    lines = [f"*{_asked(question, decided, t)}*", *_examples(question, decided, t)]
    block = b.section("\n".join(lines), accessory=chosen)
    return block | {"block_id": f"ask:{import_id}:{key_of(question)}"}


def _asked(question: Question, decided: Decided, t: Text) -> str:
    place = question.place
    header = "" if place is None else words.header(decided.mapping.columns[place].header)
    match question.asks:
        case Asks.DAY:
            return t("On which of these days does a line count?")
        case Asks.ORDER:
            return t("“{header}”: which comes first, the day or the month?", header=header)
        case Asks.SIGN:
            return t("“{header}”: how are fractions written?", header=header)
        case Asks.UNIT:
            return t("“{header}”: what does a number count?", header=header)
        case Asks.SCALE:
            return t("“{header}”: what is the best rating?", header=header)
        case Asks.KEY if place is not None:
            return t("“{header}” is the same on several lines. What does that mean?", header=header)
        case Asks.KEY:
            return t(
                "No column names each line, and I have earlier files like this. What about them?"
            )


def _choice(question: Question, one: Choice, decided: Decided, t: Text) -> str:
    match question.asks:
        case Asks.DAY:
            return " ".join(decided.mapping.columns[int(one.value)].header.split())
        case Asks.ORDER:
            return t(words.ORDERS[Order(one.value)])
        case Asks.SIGN:
            return t(words.SIGNS[DecimalSign(one.value)])
        case Asks.UNIT:
            return t(words.UNITS[Unit(one.value)])
        case Asks.SCALE:
            return one.value
        case Asks.KEY:
            return t(KEYS[KeyChoice(one.value)])


def _examples(question: Question, decided: Decided, t: Text) -> list[str]:
    """How some cells read by each choice."""
    lines = []
    for one in question.choices:
        pairs = [
            f"{words.header(cell)} → {words.header(value)}" for cell, value in one.examples[:2]
        ]
        if pairs:
            lines.append(
                f"• {words.header(_choice(question, one, decided, t))}: {'; '.join(pairs)}"
            )
    return lines
