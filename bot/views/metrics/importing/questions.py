"""What the card of an import asks: a question each, with how the first cells read by every answer."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.rules.metrics.importing.asking.questions import (
    DATED,
    NO_COLUMN,
    Asks,
    Choice,
    FillChoice,
    KeyChoice,
    Question,
)
from bot.rules.metrics.importing.asking.typed import choices_of, name_of
from bot.rules.metrics.importing.files import Decided
from bot.rules.metrics.importing.files.decided import key_of
from bot.rules.metrics.importing.recognising.roles import SHARES
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
    return [
        block
        for one in found[:MOST_ASKED]
        for block in (_dated if one.asks in DATED else _chosen)(import_id, one, decided, t)
    ]


def team_block(import_id: str, teams: Sequence[Team], t: Text) -> Block:
    """Whose numbers these are, for who may import for several teams."""
    chosen = b.select(
        [b.option(one.name, one.id) for one in teams[:MOST_TEAMS]],
        placeholder=t("Choose a team"),
        action_id=ids.IMPORT_TEAM,
    )
    block = b.section(t("*Whose numbers are these?*"), accessory=chosen)
    return block | {"block_id": f"team:{import_id}"}


def taken(found: Sequence[tuple[Question, str]], decided: Decided, t: Text) -> Iterator[str]:
    """Which answers were taken, for who imports without a card."""
    for question, value in found:
        choice = next((one for one in question.choices if one.value == value), Choice(value))
        yield t(
            "{question} Taken for: {answer}",
            question=_asked(question, decided, t),
            answer=_choice(question, choice, decided, t),
        )


def options(found: Sequence[Question], decided: Decided, t: Text) -> Iterator[str]:
    """What is asked of who types, and what to type for each answer."""
    for one in found:
        yield _asked(one, decided, t)
        if one.asks in DATED:
            yield t(HELPS[one.asks])
            yield f"  --date {one.likely or 'YYYY-MM-DD'}"
            continue
        name, typed = name_of(one, decided.mapping, found), choices_of(one, decided.mapping)
        for choice in one.choices:
            said = shlex.quote(f"{name}={typed[choice.value]}")
            shown = _pairs(one, choice, t)
            likely = [t("the likeliest")] if choice.value == one.likely else []
            means = "; ".join([_choice(one, choice, decided, t), *shown, *likely])
            yield f"  --answer {said}   {means}"


def _dated(import_id: str, question: Question, decided: Decided, t: Text) -> list[Block]:
    """Any day answers it. What a title names is offered, and taken only when somebody presses it."""
    key = key_of(question)
    picker: Block = {
        "type": "datepicker",
        "action_id": f"{ids.IMPORT_ANSWER}:{key}",
        "placeholder": b.plain(t("Choose"), 150),
    }
    elements = [picker | ({"initial_date": question.likely} if question.likely else {})]
    if question.likely:
        day = t.day(date.fromisoformat(question.likely))
        elements.append(
            b.button(
                t("It is {day}", day=day), f"{ids.IMPORT_ANSWER}:{key}:likely", question.likely
            )
        )
    asked = b.section(f"*{_asked(question, decided, t)}*\n{t(HELPS[question.asks])}")
    return [asked, b.actions(*elements, block_id=f"ask:{import_id}:{key}")]


def _chosen(import_id: str, question: Question, decided: Decided, t: Text) -> list[Block]:
    key = key_of(question)
    chosen = b.select(
        [b.option(_choice(question, one, decided, t), one.value) for one in question.choices],
        placeholder=t("Choose"),
        action_id=f"{ids.IMPORT_ANSWER}:{key}",
    )
    lines = [f"*{_asked(question, decided, t)}*", *_examples(question, decided, t)]
    block = b.section(b.shorten("\n".join(lines), LONGEST_ASKED), accessory=chosen)
    return [block | {"block_id": f"ask:{import_id}:{key}"}]


WORDING: Mapping[Asks, str] = {
    Asks.DAY: _("On which of these days does a line count?"),
    Asks.FILE_DAY: _("No column holds a date. Which day is this file about?"),
    Asks.FILE_YEAR: _("“{header}” does not say of which year. Which year is this file about?"),
    Asks.ORDER: _("“{header}”: which comes first, the day or the month?"),
    Asks.SWITCHED: _("“{header}”: did a spreadsheet take days for months here?"),
    Asks.SIGN: _("“{header}”: how are fractions written?"),
    Asks.UNIT: _("“{header}”: what does a number count?"),
    Asks.SCALE: _("“{header}”: what is the best rating?"),
    Asks.LINES: _("What is each line?"),
    Asks.SCORE: _("“{header}”: what kind of score is it?"),
    Asks.FILL: _("“{header}” is empty on many lines. What does an empty cell mean there?"),
    Asks.KEY: _("“{header}” is the same on several lines. What does that mean?"),
}
HELPS: Mapping[Asks, str] = {
    Asks.FILE_DAY: _(
        "If it is about a week or a month, choose the last day of it. Everything counts on the day that you choose: right in the numbers of that week or month, not of single days."
    ),
    Asks.FILE_YEAR: _(
        "Any day of the right month and year will do. All lines are taken to be of that year."
    ),
}
OF_ALL = _("“{header}”: what stands for all of them, 1 or 100?")
WITHOUT_KEY = _("No column names each line, and I have earlier files like this. What about them?")


def _asked(question: Question, decided: Decided, t: Text) -> str:
    if not question.places:
        return t(WITHOUT_KEY if question.asks is Asks.KEY else WORDING[question.asks])
    is_of_all = decided.mapping.columns[question.places[0]].use.role in SHARES
    asked = OF_ALL if is_of_all and question.asks is Asks.SCALE else WORDING[question.asks]
    columns = [decided.mapping.columns[place].header for place in question.places[:MOST_NAMED]]
    headers = "”, “".join(map(words.header, columns))
    if len(question.places) > MOST_NAMED:
        headers += "”, “…"
    return t(asked, header=headers)


def _choice(question: Question, one: Choice, decided: Decided, t: Text) -> str:
    if question.asks in DATED:
        return t.day(date.fromisoformat(one.value))
    if question.asks is Asks.DAY:
        if one.value == NO_COLUMN:
            return t("None of them: all of the file is about one day, week or month")
        return " ".join(decided.mapping.columns[int(one.value)].header.split())
    return t(CHOICES[question.asks][one.value]) if question.asks in CHOICES else one.value


CHOICES: Mapping[Asks, Mapping[str, str]] = {
    Asks.ORDER: {str(key): text for key, text in words.ORDERS.items()},
    Asks.SWITCHED: {str(key): text for key, text in words.SWITCHED.items()},
    Asks.SIGN: {str(key): text for key, text in words.SIGNS.items()},
    Asks.UNIT: {str(key): text for key, text in words.UNITS.items()},
    Asks.LINES: {str(key): text for key, text in words.KINDS.items()},
    Asks.SCORE: {str(key): text for key, text in words.SCORES.items()},
    Asks.KEY: {str(key): text for key, text in KEYS.items()},
    Asks.FILL: {
        FillChoice.DOWN: _("The same as the cell above it"),
        FillChoice.LEAVE: _("Nothing: it is empty"),
    },
}


def _read(question: Question, value: str, t: Text) -> str:
    """What a cell reads as, as it will be shown everywhere else."""
    if question.asks in {Asks.ORDER, Asks.SWITCHED} and value:
        return t.day(date.fromisoformat(value))
    return length(float(value), t) if question.asks is Asks.UNIT else value


def _examples(question: Question, decided: Decided, t: Text) -> list[str]:
    """How some cells read by each choice."""
    return [
        f"• {words.header(_choice(question, one, decided, t))}: {'; '.join(pairs)}"
        for one in question.choices
        if (pairs := _pairs(question, one, t))
    ]


def _pairs(question: Question, one: Choice, t: Text) -> list[str]:
    return [
        f"{words.header(cell)} → {words.header(_read(question, value, t))}"
        for cell, value in one.examples[:2]
    ]
