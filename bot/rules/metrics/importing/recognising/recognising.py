"""What a file is: which program wrote it, what each column is for, and what only a person can say.

Headers speak first and cells decide: “Resolved” over moments is when, over yes and no it is whether.
"""

from collections.abc import Mapping as Keyed
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.rules.metrics.importing.asking.asking import (
    likely_unit,
    questions_of,
    tops_in_doubt,
)
from bot.rules.metrics.importing.asking.asking_days import moments_of
from bot.rules.metrics.importing.asking.questions import Question
from bot.rules.metrics.importing.cells import moments
from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.moments import AS_WRITTEN, Order
from bot.rules.metrics.importing.mapping import (
    NOTHING,
    ColumnUse,
    Keys,
    Lines,
    Mapping,
    Use,
)
from bot.rules.metrics.importing.reading.days import WITHIN_A_YEAR, parts_that_count
from bot.rules.metrics.importing.reading.reading import label_of
from bot.rules.metrics.importing.recognising import headers as wording
from bot.rules.metrics.importing.recognising.adding import is_too_long, with_means
from bot.rules.metrics.importing.recognising.columns import (
    Column,
    Doubt,
    Kind,
    Style,
    decided_order,
    decided_sign,
)
from bot.rules.metrics.importing.recognising.dealing import (
    TELLING,
    belongs,
    deal,
    first_id,
    fits,
    is_counted,
    meaning,
)
from bot.rules.metrics.importing.recognising.fitting import (
    style_of_share,
    with_shares,
    without_strange,
)
from bot.rules.metrics.importing.recognising.headers import Meaning, normal
from bot.rules.metrics.importing.recognising.roles import (
    LENGTHS,
    SHARES,
    Role,
)
from bot.rules.metrics.importing.recognising.sorting import is_of_answers, is_of_people, lines_of
from bot.rules.metrics.importing.words.headers import LABELS, PERSONAL, Source
from bot.rules.metrics.store.facts import MOST_LABELS

MOST_TO_COUNT_BY = 200
"""With more different values than this a column is no label: everybody would have their own."""
MOST_GRADES = 10
"""A priority from 1 to 5 is something to count by; an amount is not."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`questions` must be answered before anything is imported; each has the answer that is likeliest in the mapping.

    `strange` are the headers of percentages that are of another count than those beside them.
    """

    mapping: Mapping
    questions: tuple[Question, ...] = ()
    strange: tuple[str, ...] = ()


def propose(
    headers: Sequence[str],
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    zone: str,
    about: str = "",
    more: Sequence[Sequence[str]] = (),
) -> Proposal:
    """`columns` know the cells of the whole file; `rows` are the first ones, for examples; `about` is the day that titles name.

    `more` are some more lines, in which numbers are compared.
    """
    source = wording.source_of(headers)
    columns = settled(columns, rows)
    found = [meaning(one) for one in columns]
    roles = _with_day(deal(found, columns), columns)
    lines = lines_of(frozenset(roles.values()), is_counted=is_counted(roles, columns))
    if lines is Lines.TOTALS and Role.PERSON not in roles.values():
        roles |= {one.place: Role.PERSON for one in columns if normal(one.header) == "name"}
    if lines is Lines.TOTALS:
        roles = with_means(roles, _styled(columns, found, roles, source), rows)
        roles = with_shares(roles, columns)
    elif key := first_id(roles, columns):
        roles |= {key.place: Role.KEY}
    if is_answered := is_of_answers(roles, columns):
        lines = Lines.ANSWERS
    elif is_of_people(roles, columns):
        lines = Lines.TOTALS
    roles = {place: role for place, role in roles.items() if belongs(role, roles, lines)}
    uses = _uses(roles, columns, lines)
    styled = _styled(columns, found, roles, source)
    mapping = Mapping(
        source,
        zone,
        tuple(
            ColumnUse(one.header, uses.get(one.place, NOTHING), one.style, one.kind)
            for one in styled
        ),
        lines,
        _keys(roles, lines),
    )
    is_said = is_answered or bool(TELLING & set(roles.values()))
    is_plain = source is not Source.FREE or (is_said and not is_too_long(mapping, styled))
    mapping, strange = without_strange(mapping, more or rows)
    asked = questions_of(mapping, columns, rows, is_plain=is_plain, about=about)
    return Proposal(mapping, asked, strange)


def _styled(
    columns: Sequence[Column],
    found: Sequence[Meaning | None],
    roles: Keyed[int, Role],
    source: Source,
) -> list[Column]:
    """The columns, written as what they are taken for is."""
    return [
        replace(one, style=_style(one, meant, roles.get(one.place), source))
        for one, meant in zip(columns, found, strict=True)
    ]


def _with_day(roles: dict[int, Role], columns: Sequence[Column]) -> dict[int, Role]:
    """A file's only moments are when its lines happened; a time of day belongs to days that have none."""
    held = moments_of(columns)
    if (
        len(held) == 1
        and not WITHIN_A_YEAR & set(roles.values())
        and Role.DAY not in roles.values()
    ):
        roles = {**roles, held[0].place: Role.DAY}
    roles = parts_that_count(roles, columns, is_settled=Role.DAY in roles.values())
    has_clocks = any(
        role is Role.DAY and columns[place].kind is Kind.MOMENT and not columns[place].style.is_days
        for place, role in roles.items()
    )
    return {place: role for place, role in roles.items() if role is not Role.TIME or not has_clocks}


def roles_for(column: Column) -> Sequence[Role]:
    """What a person may choose for a column, what its header says first."""
    said = meaning(column)
    fitting = [role for role in Role if fits(role, column)]
    return sorted(fitting, key=lambda role: said is None or role is not said.role)


def _uses(roles: dict[int, Role], columns: Sequence[Column], lines: Lines) -> dict[int, Use]:
    uses = {place: Use(role) for place, role in roles.items()}
    ranked = [(_label_rank(one, lines), one.place) for one in columns if one.place not in uses]
    best = {rank: place for rank, place in sorted(ranked, reverse=True) if rank < len(LABELS)}
    for _rank, place in sorted(best.items())[:MOST_LABELS]:
        uses[place] = Use(label=label_of(columns[place].header))
    return uses


def _label_rank(column: Column, lines: Lines) -> int:
    """How good something to count by a column is; past the end of the list if it is none."""
    words = normal(column.header)
    if PERSONAL & set(words.split()) or column.different > MOST_TO_COUNT_BY or not column.filled:
        return len(LABELS)
    if column.kind in {Kind.MOMENT, Kind.DURATION}:
        return len(LABELS)
    is_grade = column.different <= MOST_GRADES and lines is not Lines.TOTALS
    if column.kind is Kind.NUMBER and not is_grade:
        return len(LABELS)
    return next((rank for rank, one in enumerate(LABELS) if one in words), len(LABELS))


def _style(column: Column, meaning: Meaning | None, role: Role | None, source: Source) -> Style:
    """As the cells are written; what a bare number counts is said by the header, or is likeliest."""
    style = column.style
    if role in LENGTHS:
        unit = meaning.unit if meaning else None
        if unit is None and source is Source.GENESYS and Kind.NUMBER in column.nearly:
            unit = Unit.MILLISECONDS
        return replace(style, unit=unit or likely_unit(column, role))
    if role in SHARES:
        return style_of_share(column, role)
    tops = tops_in_doubt(column, role)
    return replace(style, top=tops[-1]) if tops else style


def settled(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[Column]:
    """What one column leaves in doubt, the others of the same file decide if they agree, or by naming the same days."""
    orders = {order for one in columns if (order := decided_order(one))}
    signs = {sign for one in columns if (sign := decided_sign(one))}
    found = []
    for one in columns:
        style, doubts = one.style, set(one.doubts)
        if Doubt.ORDER in doubts and len(orders) == 1:
            style, doubts = replace(style, order=next(iter(orders))), doubts - {Doubt.ORDER}
        elif Doubt.ORDER in doubts and (order := _order_by_days(one, columns, rows)):
            style, doubts = replace(style, order=order), doubts - {Doubt.ORDER}
        if Doubt.SIGN in doubts and len(signs) == 1:
            style, doubts = replace(style, sign=next(iter(signs))), doubts - {Doubt.SIGN}
        found.append(replace(one, style=style, doubts=frozenset(doubts)))
    return found


def _order_by_days(
    column: Column, columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> Order | None:
    """The only order by which it names the same days as a column of the first lines that nobody doubts."""
    for other in columns:
        if other.kind is not Kind.MOMENT or Doubt.ORDER in other.doubts:
            continue
        width = max(column.place, other.place) + 1
        pairs = [(row[column.place], row[other.place]) for row in rows if len(row) >= width]
        days = [moments.read(one, other.style.order) for _cell, one in pairs]
        same = [
            order
            for order in AS_WRITTEN
            if all(
                (read := moments.read(cell, order)) and day and read.date() == day.date()
                for (cell, _other), day in zip(pairs, days, strict=True)
            )
        ]
        if len(same) == 1 and len(pairs) > 1:
            return same[0]
    return None


def _keys(roles: dict[int, Role], lines: Lines) -> Keys:
    if Role.KEY in roles.values():
        return Keys.COLUMN
    return Keys.DIMENSIONS if lines is Lines.TOTALS else Keys.PLACE
