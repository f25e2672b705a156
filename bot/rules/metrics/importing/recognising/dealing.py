"""Which column of a file has which role: what its header says, as far as its cells bear it out, and who has it best."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.rules.metrics.importing.cells import numbers, periods, times
from bot.rules.metrics.importing.cells.plain import plain
from bot.rules.metrics.importing.mapping import OF_TICKETS, Lines, is_share_known
from bot.rules.metrics.importing.recognising.columns import (
    MOST,
    Column,
    Kind,
    names_each,
    numbers_in,
)
from bot.rules.metrics.importing.recognising.headers import STRIPPED, Meaning, meaning_of, normal
from bot.rules.metrics.importing.recognising.roles import (
    CALL_LENGTHS,
    COUNTS,
    DATE_PARTS,
    MEAN_OF,
    ONCE,
    PART_OF,
    RECOMMENDED,
    SCORES,
    SHARE_FOR,
    TEXTS,
    TWINS,
    Role,
    kinds_of,
)
from bot.rules.metrics.importing.words.cells import UNANSWERED, is_ending, is_state
from bot.rules.metrics.importing.words.headers import OF_CALLS
from bot.rules.metrics.importing.words.vague import OF_OTHERS

NEARLY_ALL = 0.99
SLICES, MOST_SLICES = frozenset({Role.CHANNEL, Role.TOPIC}), 50
FLAGS = {Role.SERVICE_LEVEL: Role.IN_TIME, Role.RESOLVED_AT: Role.RESOLVED}
"""What they are over nothing but yes and no, or ones and zeros."""
OF_OTHER_LINES = {Lines.ANSWERS: OF_TICKETS, Lines.TICKETS: CALL_LENGTHS}
"""An answer only repeats what is of its case, which has a line of its own elsewhere; a ticket knows no queue."""
NOT_ALWAYS = frozenset({Role.FIRST_RESPONSE_AT})
"""Where a person answers only some, and a program all, the program's column is the fuller one."""
FEWEST_NAMED = 2
LAST = 999
"""The rank of what no header says."""
OVER_OUTCOMES = frozenset(
    {Role.FIRST_RESPONSE, Role.FULL_RESOLUTION, Role.SERVICE_LEVEL, Role.IN_TIME}
)
"""Headers that sometimes stand over “Within SLA” and its like."""
QUARTERED = DATE_PARTS | {Role.DAY}
ALWAYS_MANY = frozenset({Role.COMPLETE, Role.READY, Role.BUSY, Role.SCHEDULED, Role.ADHERENT})
TELLING_MANY = frozenset(
    {
        *(Role.CONTACTS, Role.ANSWERED, Role.ABANDONED, Role.HANDLED, Role.RESOLVED),
        *(Role.RATINGS, Role.RATINGS_GOOD, *RECOMMENDED),
    }
)
TELLING = CALL_LENGTHS | OF_TICKETS | COUNTS | SCORES | ALWAYS_MANY
"""Of what kind a line is, some column of these says."""
OF_ONE = frozenset(
    {
        *(Role.FIRST_RESPONSE, Role.FIRST_RESPONSE_AT, Role.NEXT_REPLY, Role.FIRST_RESOLUTION),
        *(Role.FULL_RESOLUTION, Role.RESOLVED_AT, Role.TARGET, Role.FIRST_CONTACT, Role.STATUS),
    }
)


def meaning(column: Column) -> Meaning | None:
    """What the header says, as far as the cells bear it out; without a header's help, what the cells say alone."""
    said = meaning_of(column.header)
    if said is None:
        role = _by_cells_alone(column)
        return Meaning(role, rank=LAST) if role else None
    if column.kind is Kind.EMPTY:
        return said
    if said.role in COUNTS and is_share(column, said.role):
        share = SHARE_FOR.get(said.role)
        return replace(said, role=share) if share else None
    role = _by_cells(said.role, column)
    is_coarse = role is Role.DAY and said.role in DATE_PARTS
    said = replace(said, role=role, rank=said.rank + (STRIPPED if is_coarse else 0))
    if said.role in SLICES and column.different > max(MOST_SLICES, column.filled * MOST):
        return None  # “Channel” is also a telephone line's name for one call
    if said.role is Role.STATUS and not any(is_state(one) for one in column.cells):
        return None  # “State” is also where a customer lives
    return said if fits(said.role, column) else None


def is_share(column: Column, role: Role) -> bool:
    """Whether it holds percentages, where its header says counts: `5%`, or in a workbook 0.05."""
    if sum(map(numbers.is_percent, column.cells)) >= len(column.cells) * MOST:
        return True
    held = numbers_in(column)
    is_part = role in SHARE_FOR and bool(held) and all(0 <= one <= 1 for one in held)
    return is_part and any(one % 1 for one in held)


def _by_cells_alone(column: Column) -> Role | None:
    if column.cells and all(map(periods.is_quarter, column.cells)):
        return Role.QUARTER
    if len(column.cells) > 1 and _named_part(column) is Role.MONTH:
        return Role.MONTH
    return Role.TARGET if _is_of_sla(column) else None


def _is_of_sla(column: Column) -> bool:
    """Whether the cells themselves speak of targets: “Within SLA”."""
    return column.kind is Kind.OUTCOME and any("sla" in plain(one) for one in column.cells)


def _by_cells(role: Role, column: Column) -> Role:
    """What a column with this role's header is, by what is in it."""
    if role is Role.TOPIC and _says_endings(column):
        return Role.STATUS
    if part := _part_by_cells(role, column):
        return part
    if role in FLAGS and Kind.YES_NO in column.kinds:
        return FLAGS[role]
    if role in OVER_OUTCOMES and Kind.OUTCOME in column.nearly:
        return Role.TARGET
    if fits(role, column) and column.kind is not Kind.YES_NO:
        return role
    kinds = [column.kind, *sorted(column.nearly)]
    return next((TWINS[role, kind] for kind in kinds if (role, kind) in TWINS), role)


def _part_by_cells(role: Role, column: Column) -> Role | None:
    """“Day” over days of the month, which are no times of day; “Period” over quarters."""
    if role is Role.DAY and all(one.isdecimal() and len(one) <= 2 for one in column.cells):
        return Role.MONTH_DAY
    if role is Role.DAY and (part := _named_part(column)):
        return part
    is_of_quarters = role in QUARTERED and any(map(periods.is_quarter, column.cells))
    return Role.QUARTER if is_of_quarters else None


def _named_part(column: Column) -> Role | None:
    """“Period” over years, or over the names of months or weeks; days without their year. Bare numbers could be anything."""
    if any(one.isdecimal() and len(one) < len("2024") for one in column.cells):
        return None
    parts = (Role.YEAR, Role.MONTH, Role.WEEK, Role.YEAR_DAY)
    return next((one for one in parts if all(map(READERS[one], column.cells))), None)


def _says_endings(column: Column) -> bool:
    """“Call type” over “Abandoned”, and “Disposition” over nothing but “Answered” and “Busy”."""
    said = [plain(one) for one in column.cells]
    if normal(column.header) in OF_CALLS and any(one in UNANSWERED for one in said):
        return True
    return bool(said) and all(map(is_ending, said))


def fits(role: Role, column: Column) -> bool:
    """Whether most cells can be read as what the role needs. Text alone is enough for names."""
    if column.kind is Kind.EMPTY:
        return True
    if role is Role.COMPLETE or role is Role.TARGET:
        return bool(kinds_of(role) & column.nearly)
    if role in READERS:
        read = sum(READERS[role](one) is not None for one in column.cells)
        return read >= len(column.cells) * MOST
    if role in TEXTS:
        return column.kind is not Kind.MOMENT or role is Role.KEY
    return bool(kinds_of(role) & column.nearly)


def _quarter(cell: str) -> int | None:
    return 1 if periods.is_quarter(cell) or cell in {"1", "2", "3", "4"} else None


READERS: Mapping[Role, Callable[[str], object]] = {
    Role.TIME: times.read,
    Role.YEAR: periods.year_of,
    Role.MONTH: periods.month_of,
    Role.WEEK: periods.week_of,
    Role.MONTH_DAY: periods.day_of,
    Role.YEAR_DAY: periods.year_day_of,
    Role.QUARTER: _quarter,
}
"""What cells must be read as where their kind does not say it."""


def deal(found: Sequence[Meaning | None], columns: Sequence[Column]) -> dict[int, Role]:
    """Each role to the column that says it best: filled before patchy, plain words before vague ones, left before right.

    What names a line is different on each; where nothing is, the likeliest may still come again.
    """
    most = max((one.filled for one in columns), default=0)

    def order(place: int, meaning: Meaning) -> tuple[bool, bool, int, int]:
        column = columns[place]
        names_all = meaning.role is not Role.KEY or names_each(column)
        enough = 1 if meaning.role in NOT_ALWAYS else most * NEARLY_ALL
        return not names_all, column.filled < enough, meaning.rank, place

    claims = [(order(place, one), place, one.role) for place, one in enumerate(found) if one]
    roles: dict[int, Role] = {}
    for _order, place, role in sorted(claims):
        if role not in ONCE or role not in roles.values():
            roles[place] = role
    return dict(sorted(roles.items()))


def first_id(roles: Mapping[int, Role], columns: Sequence[Column]) -> Column | None:
    """What names the lines where no header is known to: the first column of ids that are all different."""
    most = max((one.filled for one in columns), default=0)
    if Role.KEY in roles.values() or most < FEWEST_NAMED:
        return None
    return next((one for one in columns if one.filled == most and _is_id(one)), None)


def _is_id(column: Column) -> bool:
    words = set(normal(column.header).split())
    return "id" in words and not words & OF_OTHERS and names_each(column)


def is_counted(roles: dict[int, Role], columns: Sequence[Column]) -> bool:
    """Whether some column counts more than one contact in a line."""
    if ALWAYS_MANY & set(roles.values()):
        return True
    return any(
        role in TELLING_MANY and not _is_flag(columns[place]) for place, role in roles.items()
    )


def _is_flag(column: Column) -> bool:
    return column.kind is Kind.EMPTY or bool(Kind.YES_NO in column.nearly)


def belongs(role: Role, roles: dict[int, Role], lines: Lines) -> bool:
    """A mean or a percentage is not needed beside its whole, and not without the number that it is of. Of them scores say nothing."""
    if MEAN_OF.get(role) in roles.values() or PART_OF.get(role) in roles.values():
        return False
    if role in PART_OF:
        return lines is Lines.TOTALS and is_share_known(role, roles.values())
    if role in OF_OTHER_LINES.get(lines, ()):
        return False
    if lines is not Lines.TOTALS:
        return role not in {Role.RATINGS, Role.RATINGS_GOOD, *RECOMMENDED}
    if not _is_of_known(role, {*roles.values()}):
        return False
    has_count = bool({Role.HANDLED, Role.ANSWERED, Role.CONTACTS} & set(roles.values()))
    return role not in SCORES | OF_ONE and (role not in MEAN_OF or has_count)


def _is_of_known(role: Role, held: set[Role]) -> bool:
    """Good ones, or promoters, say nothing without how many there are of all."""
    if role is Role.RATINGS_GOOD:
        return Role.RATINGS in held
    is_known = bool({Role.RECOMMENDATIONS, Role.PASSIVES} & held)
    return role not in RECOMMENDED or (is_known and held >= {Role.PROMOTERS, Role.DETRACTORS})
