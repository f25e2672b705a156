"""An amount as somebody writes it for a metric: `80 %`, `3:45`, `2 min`, `4,2`; and as a form shows it to be changed."""

import re
from collections.abc import Mapping
from decimal import Decimal

from bot.errors import Refused
from bot.rules.metrics.definition.registry import BY_KEY, Metric, Unit
from bot.rules.metrics.importing.cells import durations, numbers
from bot.rules.metrics.importing.cells.missing import trim
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.store.facts import SCALE, thousandths
from bot.text import _

LIMIT = 40
LETTERS = re.compile(r"([^\W\d_]+)\.?")
MINUTE, HOUR = 60, 3600
A_SHARE = _("Please write a percentage from 0 to 100, such as {example}.")
A_PERCENTAGE = _("Please write a percentage, such as {example}.")
A_LENGTH = _("Please write a length of time, such as 3:45, 2 min or 90 s.")
A_NUMBER = _("Please write a number, such as {example}. It is no percentage and no length of time.")
EXAMPLES: Mapping[Unit, str] = {Unit.PERCENT: "80 %", Unit.POINTS: "4.2", Unit.THINGS: "25"}
WORDS: Mapping[str, str] = {
    **dict.fromkeys(("дн", "дні", "день", "днів", "ημ", "μέρα", "μέρες", "ημέρες"), "d"),
    **dict.fromkeys(("год", "години", "година", "годин", "ώρ", "ώρα", "ώρες"), "h"),
    **dict.fromkeys(("хв", "хвилин", "хвилини", "хвилина", "λεπ", "λεπτό", "λεπτά", "λ"), "min"),
    **dict.fromkeys(("с", "сек", "секунд", "секунди", "δ", "δευτ", "δευτερόλεπτα"), "s"),
}
"""How people of other languages write the units of time."""


def read(text: str, metric: Metric, sign: DecimalSign = DecimalSign.POINT) -> int:
    """In thousandths of the metric's unit. `sign` decides where either could be meant. Raises Refused."""
    bare = trim(text)
    amount = _length(bare, sign) if metric.unit is Unit.SECONDS else _number(bare, metric, sign)
    try:
        found = None if amount is None or len(bare) > LIMIT else thousandths(amount)
    except ValueError:
        found = None
    if found is None or not _is_possible(metric, found):
        raise refused(metric)
    return found


def written(amount: int, metric: Metric, sign: DecimalSign = DecimalSign.POINT) -> str:
    """As it stands in a form: in figures that the same reader's sign reads as they are."""
    exact = Decimal(amount) / SCALE
    if metric.unit is not Unit.SECONDS:
        return f"{exact.normalize():f}".replace(".", sign)
    seconds, rest = exact % MINUTE, int(exact // MINUTE)
    hours, minutes = divmod(rest, MINUTE)
    whole = f"{seconds.normalize():f}"
    last = whole if seconds >= 10 else f"0{whole}"
    # Parts of a second are only read where hours stand before them.
    has_parts = seconds != int(seconds)
    return f"{hours}:{minutes:02}:{last}" if hours or has_parts else f"{minutes}:{last}"


def refused(metric: Metric) -> Refused:
    """What is said of anything else."""
    if metric.unit is Unit.SECONDS:
        return Refused(A_LENGTH)
    if metric.unit is Unit.PERCENT:
        return Refused(
            A_SHARE if _is_a_share(metric) else A_PERCENTAGE, example=EXAMPLES[metric.unit]
        )
    return Refused(A_NUMBER, example=EXAMPLES[metric.unit])


def _length(text: str, sign: DecimalSign) -> Decimal | None:
    """A bare number counts seconds."""
    if numbers.is_percent(text):
        return None
    words = LETTERS.sub(lambda found: WORDS.get(found[1], found[1]), text.casefold())
    if words != text.casefold() or LETTERS.search(words):
        words = words.replace(",", ".")
    return durations.read(words, sign=sign)


def _number(text: str, metric: Metric, sign: DecimalSign) -> Decimal | None:
    if numbers.is_percent(text) and metric.unit is not Unit.PERCENT:
        return None
    other = DecimalSign.COMMA if sign is DecimalSign.POINT else DecimalSign.POINT
    found = numbers.read(text, sign)
    return numbers.read(text, other) if found is None else found


def _is_possible(metric: Metric, amount: int) -> bool:
    if _is_a_share(metric):
        return 0 <= amount <= 100 * SCALE
    return amount >= 0 or metric.unit in {Unit.POINTS, Unit.PERCENT}


def _is_a_share(metric: Metric) -> bool:
    """Of those that ship all percentages are."""
    return metric.unit is Unit.PERCENT and metric.key in BY_KEY
