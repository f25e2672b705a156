"""What becomes of lines that cannot be counted, or not whole: why, in words that a person can act on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.text import _

LONGEST_SHOWN = 80


class Reason(StrEnum):
    """Why a cell, or a line, is not counted."""

    NO_DAY = "no_day"
    NO_KEY = "no_key"
    NOT_A_MOMENT = "not_a_moment"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_LENGTH = "not_a_length"
    NOT_A_TIME = "not_a_time"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_RATING = "not_a_rating"
    NOT_AN_OUTCOME = "not_an_outcome"
    TOO_LARGE = "too_large"
    EXTRA_CELLS = "extra_cells"
    NEGATIVE = "negative"
    BEFORE_CREATION = "before_creation"
    OFF_THE_SCALE = "off_the_scale"
    CLOCK_SKIPPED = "clock_skipped"
    CLOCK_TWICE = "clock_twice"
    MEAN_WITHOUT_COUNT = "mean_without_count"
    NOT_OF_COUNT = "not_of_count"
    SAME_AGAIN = "same_again"


WORDS: Mapping[Reason, str] = {
    Reason.NO_DAY: _("There is no date in this line."),
    Reason.NO_KEY: _("The column that names each line is empty here."),
    Reason.NOT_A_MOMENT: _("This is not a date that Baton can read."),
    Reason.NOT_A_NUMBER: _("This is not a number."),
    Reason.NOT_A_LENGTH: _("This is not a length of time."),
    Reason.NOT_A_TIME: _("This is not a time of day."),
    Reason.NOT_YES_OR_NO: _("This is neither yes nor no, and no number."),
    Reason.NOT_A_RATING: _("This is not a rating that Baton knows."),
    Reason.NOT_AN_OUTCOME: _("This does not say whether the target was met."),
    Reason.TOO_LARGE: _("This is too large to be true."),
    Reason.EXTRA_CELLS: _("This line has more cells than the header."),
    Reason.NEGATIVE: _("This is below zero. The line counts without it."),
    Reason.BEFORE_CREATION: _("This is before the case began. The line counts without it."),
    Reason.OFF_THE_SCALE: _("This is not on the scale. The line counts without it."),
    Reason.CLOCK_SKIPPED: _(
        "Clocks were put forward over this time. It counts from the moment of the change."
    ),
    Reason.CLOCK_TWICE: _(
        "Clocks were put back, so this time came twice. The first of the two is taken."
    ),
    Reason.MEAN_WITHOUT_COUNT: _(
        "This is a mean, and the line does not say of how many. The line counts without it."
    ),
    Reason.NOT_OF_COUNT: _(
        "No whole number of the contacts or ratings in this line makes this percentage. The line counts without it."
    ),
    Reason.SAME_AGAIN: _("Another line above is of the same day, person and so on. Both count."),
}


class Why(StrEnum):
    """Why a line is left out on purpose."""

    BLANK = "blank"
    TOTAL = "total"
    HEADER = "header"
    INCOMPLETE = "incomplete"
    OTHER_TABLE = "other_table"
    NOTHING = "nothing"


WHY: Mapping[Why, str] = {
    Why.BLANK: _("blank lines"),
    Why.TOTAL: _("lines that add up others"),
    Why.HEADER: _("headers that came again"),
    Why.INCOMPLETE: _("intervals that were not over yet"),
    Why.OTHER_TABLE: _("lines of another table below the first"),
    Why.NOTHING: _("lines with nothing to count"),
}


@dataclass(frozen=True, slots=True)
class Reject:
    """The line `row` does not count, because of this cell. `header` is "" where it is the whole line."""

    row: int
    header: str
    value: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Remark:
    """The line `row` counts, but not with this cell, or not quite as it is written."""

    row: int
    header: str
    value: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Left:
    """The line `row` is none that counts, and nothing is wrong with it."""

    row: int
    why: Why


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell. A fatal one takes the line with it."""

    reason: Reason
    is_fatal: bool = True


def shown(value: str) -> str:
    """As much of a cell as a report shows."""
    bare = " ".join(value.split())
    return bare if len(bare) <= LONGEST_SHOWN else bare[: LONGEST_SHOWN - 1] + "…"
