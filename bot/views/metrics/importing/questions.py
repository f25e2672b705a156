"""What the card of an import asks: a question each, with how the first cells read by every answer."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.rules.metrics.importing.files import Decided
from bot.rules.metrics.importing.files.decided import key_of
from bot.rules.metrics.importing.questions import Asks, Choice, KeyChoice, Question
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.amounts import length
from bot.views.metrics.importing import words

MOST_NAMED = 4
MOST_ASKED = 3
"""At once; the others come when these are answered."""
LONGEST_ASKED = 900
MOST_TEAMS = 20
"""In the message; the form has more."""
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
        [b.option(one.name, one.id) for one in teams[:MOST_TEAMS]],
        placeholder=t("Choose a team"),
        action_id=ids.IMPORT_TEAM,
    )
    block = b.section(t("*Whose numbers are these?*"), accessory=chosen)
    return block | {"block_id": f"team:{import_id}"}


def guessed(found: Sequence[Question], decided: Decided, t: Text) -> list[str]:
    """What nobody was asked, and which answer was taken: for who imports without a card."""
    answers = (
        (one, next((choice for choice in one.choices if choice.value == one.likely), None))
        for one in found
        if one.places or one.asks is not Asks.KEY
    )
    return [
        t(
            "{question} Taken for: {answer}",
            question=_asked(one, decided, t),
            answer=_choice(one, choice, decided, t),
        )
        for one, choice in answers
        if choice
    ]


def _block(import_id: str, question: Question, decided: Decided, t: Text) -> Block:
    chosen = b.select(
        [b.option(_choice(question, one, decided, t), one.value) for one in question.choices],
        placeholder=t("Choose"),
        action_id=f"{ids.IMPORT_ANSWER}:{key_of(question)}",
    )
    lines = [f"*{_asked(question, decided, t)}*", *_examples(question, decided, t)]
    block = b.section(b.shorten("\n".join(lines), LONGEST_ASKED), accessory=chosen)
    return block | {"block_id": f"ask:{import_id}:{key_of(question)}"}


ASKED: Mapping[Asks, str] = {
    Asks.DAY: _("On which of these days does a line count?"),
    Asks.ORDER: _("“{header}”: which comes first, the day or the month?"),
    Asks.SIGN: _("“{header}”: how are fractions written?"),
    Asks.UNIT: _("“{header}”: what does a number count?"),
    Asks.SCALE: _("“{header}”: what is the best rating?"),
    Asks.LINES: _("What is each line?"),
    Asks.KEY: _("“{header}” is the same on several lines. What does that mean?"),
}
WITHOUT_KEY = _("No column names each line, and I have earlier files like this. What about them?")


def _asked(question: Question, decided: Decided, t: Text) -> str:
    if not question.places:
        return t(WITHOUT_KEY if question.asks is Asks.KEY else ASKED[question.asks])
    columns = [decided.mapping.columns[place].header for place in question.places[:MOST_NAMED]]
    headers = "”, “".join(map(words.header, columns))
    if len(question.places) > MOST_NAMED:
        headers += "”, “…"
    return t(ASKED[question.asks], header=headers)


def _choice(question: Question, one: Choice, decided: Decided, t: Text) -> str:
    if question.asks is Asks.DAY:
        return " ".join(decided.mapping.columns[int(one.value)].header.split())
    return t(CHOICES[question.asks][one.value]) if question.asks in CHOICES else one.value


CHOICES: Mapping[Asks, Mapping[str, str]] = {
    Asks.ORDER: {str(key): text for key, text in words.ORDERS.items()},
    Asks.SIGN: {str(key): text for key, text in words.SIGNS.items()},
    Asks.UNIT: {str(key): text for key, text in words.UNITS.items()},
    Asks.LINES: {str(key): text for key, text in words.KINDS.items()},
    Asks.KEY: {str(key): text for key, text in KEYS.items()},
}


def _read(question: Question, value: str, t: Text) -> str:
    """What a cell reads as, as it will be shown everywhere else."""
    if question.asks is Asks.ORDER and value:
        return t.day(date.fromisoformat(value))
    return length(float(value), t) if question.asks is Asks.UNIT else value


def _examples(question: Question, decided: Decided, t: Text) -> list[str]:
    """How some cells read by each choice."""
    lines = []
    for one in question.choices:
        pairs = [
            f"{words.header(cell)} → {words.header(_read(question, value, t))}"
            for cell, value in one.examples[:2]
        ]
        if pairs:
            lines.append(
                f"• {words.header(_choice(question, one, decided, t))}: {'; '.join(pairs)}"
            )
    return lines
