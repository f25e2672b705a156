"""What a file is: which program wrote it, what each column is for, and what only a person can say.

Headers speak first and cells decide: “Resolved” over moments is when, over yes and no it is whether.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.rules.metrics import headers as wording
from bot.rules.metrics.asking import likely_unit, questions_of, tops_in_doubt
from bot.rules.metrics.cells.durations import Unit
from bot.rules.metrics.columns import (
    Column,
    Doubt,
    Kind,
    Style,
    decided_order,
    decided_sign,
    numbers_in,
)
from bot.rules.metrics.facts import MOST_LABELS
from bot.rules.metrics.headers import Meaning, meaning_of, normal
from bot.rules.metrics.mapping import NOTHING, ColumnUse, Keys, Lines, Mapping, Use, lines_of
from bot.rules.metrics.questions import Question
from bot.rules.metrics.reading import label_of
from bot.rules.metrics.roles import (
    LENGTHS,
    MEAN_OF,
    ONCE,
    SCORES,
    TEXTS,
    TWINS,
    Role,
    kinds_of,
)
from bot.rules.metrics.words.headers import LABELS, PERSONAL, Source

MOST_TO_COUNT_BY = 200
"""With more different values than this a column is no label: everybody would have their own."""
NEARLY_ALL = 0.99


@dataclass(frozen=True, slots=True)
class Proposal:
    """`questions` must be answered before anything is imported; each has the answer that is likeliest in the mapping."""

    mapping: Mapping
    questions: tuple[Question, ...] = ()


def propose(
    headers: Sequence[str], columns: Sequence[Column], rows: Sequence[Sequence[str]], *, zone: str
) -> Proposal:
    """`columns` know the cells of the whole file; `rows` are the first ones, for examples."""
    source = wording.source_of(headers)
    columns = _settled(columns)
    found = [_meaning(one) for one in columns]
    roles = _deal(found, columns)
    is_counted = _is_counted(roles, columns)
    lines = lines_of(frozenset(roles.values()), is_counted=is_counted)
    roles = {place: role for place, role in roles.items() if _belongs(role, roles, lines)}
    uses = _uses(roles, columns)
    styles = [_style(one, found[one.place], roles.get(one.place), source) for one in columns]
    mapping = Mapping(
        source,
        zone,
        tuple(
            ColumnUse(one.header, uses.get(one.place, NOTHING), styles[one.place], one.kind)
            for one in columns
        ),
        lines,
        _keys(roles, lines),
    )
    return Proposal(mapping, questions_of(mapping, columns, rows))


def roles_for(column: Column) -> Sequence[Role]:
    """What a person may choose for a column, what its header says first."""
    meaning = _meaning(column)
    fitting = [role for role in Role if _fits(role, column)]
    return sorted(fitting, key=lambda role: meaning is None or role is not meaning.role)


def _meaning(column: Column) -> Meaning | None:
    """What the header says, as far as the cells bear it out; without a header's help, what the cells say alone."""
    said = meaning_of(column.header)
    if said is None:
        return Meaning(Role.TARGET, rank=99) if column.kind is Kind.OUTCOME else None
    if column.kind is Kind.EMPTY:
        return said
    if Kind.OUTCOME in column.nearly and said.role in OVER_OUTCOMES:
        return replace(said, role=Role.TARGET)
    kinds = [column.kind, *sorted(column.nearly)]
    if not _fits(said.role, column) or column.kind is Kind.YES_NO:
        twins = [TWINS[said.role, kind] for kind in kinds if (said.role, kind) in TWINS]
        if twins:
            return replace(said, role=twins[0])
    return said if _fits(said.role, column) else None


OVER_OUTCOMES = frozenset({Role.FIRST_RESPONSE, Role.FULL_RESOLUTION, Role.SERVICE_LEVEL, Role.IN_TIME, Role.STATUS})  # fmt: skip


def _fits(role: Role, column: Column) -> bool:
    """Whether most cells can be read as what the role needs. Text alone is enough for names."""
    if column.kind is Kind.EMPTY:
        return True
    if role is Role.COMPLETE or role is Role.TARGET:
        return bool(kinds_of(role) & column.nearly)
    if role in TEXTS:
        return column.kind is not Kind.MOMENT or role is Role.KEY
    return bool(kinds_of(role) & column.nearly)


def _deal(found: Sequence[Meaning | None], columns: Sequence[Column]) -> dict[int, Role]:
    """Each role to the column that says it best: filled before patchy, plain words before vague ones, left before right."""
    most = max((one.filled for one in columns), default=0)

    def order(place: int, meaning: Meaning) -> tuple[bool, int, int]:
        return columns[place].filled < most * NEARLY_ALL, meaning.rank, place

    claims = [(order(place, one), place, one.role) for place, one in enumerate(found) if one]
    roles: dict[int, Role] = {}
    for _order, place, role in sorted(claims):
        if role not in ONCE or role not in roles.values():
            roles[place] = role
    return dict(sorted(roles.items()))


def _is_counted(roles: dict[int, Role], columns: Sequence[Column]) -> bool:
    """Whether some column counts more than one contact in a line."""
    return any(
        role in TELLING_MANY and not _is_flag(columns[place]) for place, role in roles.items()
    )


TELLING_MANY = frozenset(
    {Role.CONTACTS, Role.ANSWERED, Role.ABANDONED, Role.HANDLED, Role.RESOLVED}
)


def _is_flag(column: Column) -> bool:
    return column.kind is Kind.EMPTY or bool(Kind.YES_NO in column.nearly)


def _belongs(role: Role, roles: dict[int, Role], lines: Lines) -> bool:
    """Of many contacts together scores say nothing, nor do means without their number, nor single lengths of tickets."""
    if lines is not Lines.TOTALS:
        return True
    has_count = bool({Role.HANDLED, Role.ANSWERED, Role.CONTACTS} & set(roles.values()))
    return role not in SCORES | OF_ONE and (role not in MEAN_OF or has_count)


OF_ONE = frozenset(
    {
        *(Role.FIRST_RESPONSE, Role.FIRST_RESPONSE_AT, Role.NEXT_REPLY, Role.FIRST_RESOLUTION),
        *(Role.FULL_RESOLUTION, Role.RESOLVED_AT, Role.TARGET, Role.FIRST_CONTACT, Role.STATUS),
    }
)  # fmt: skip


def _uses(roles: dict[int, Role], columns: Sequence[Column]) -> dict[int, Use]:
    uses = {place: Use(role) for place, role in roles.items()}
    ranked = [(_label_rank(one), one.place) for one in columns if one.place not in uses]
    for _rank, place in sorted(one for one in ranked if one[0] < len(LABELS))[:MOST_LABELS]:
        uses[place] = Use(label=label_of(columns[place].header))
    return uses


def _label_rank(column: Column) -> int:
    """How good something to count by a column is; past the end of the list if it is none."""
    words = normal(column.header)
    if PERSONAL & set(words.split()) or column.different > MOST_TO_COUNT_BY or not column.filled:
        return len(LABELS)
    if column.kind in {Kind.MOMENT, Kind.DURATION}:
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
    if role is Role.SERVICE_LEVEL and max(numbers_in(column), default=100) <= 1:
        return replace(style, top=1)
    tops = tops_in_doubt(column, role)
    return replace(style, top=tops[-1]) if tops else style


def _settled(columns: Sequence[Column]) -> list[Column]:
    """What one column leaves in doubt, the others of the same file decide if they agree."""
    orders = {order for one in columns if (order := decided_order(one))}
    signs = {sign for one in columns if (sign := decided_sign(one))}
    found = []
    for one in columns:
        style, doubts = one.style, set(one.doubts)
        if Doubt.ORDER in doubts and len(orders) == 1:
            style, doubts = replace(style, order=next(iter(orders))), doubts - {Doubt.ORDER}
        if Doubt.SIGN in doubts and len(signs) == 1:
            style, doubts = replace(style, sign=next(iter(signs))), doubts - {Doubt.SIGN}
        found.append(replace(one, style=style, doubts=frozenset(doubts)))
    return found


def _keys(roles: dict[int, Role], lines: Lines) -> Keys:
    if Role.KEY in roles.values():
        return Keys.COLUMN
    return Keys.DIMENSIONS if lines is Lines.TOTALS else Keys.PLACE
