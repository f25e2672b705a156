"""By what names the cells of a line are known while it is counted, and which of them tell that it is none."""

from bot.rules.metrics.importing.mapping import Lines, Mapping
from bot.rules.metrics.importing.reading.fields import Field
from bot.rules.metrics.importing.recognising.columns import Kind
from bot.rules.metrics.importing.recognising.roles import DATE_PARTS, MEAN_OF, MOMENTS, NAMES, Role

LABEL, PART = "label\0", "part\0"


def fields_of(mapping: Mapping) -> list[Field]:
    """Every column that is read as something else than a moment or a key."""
    found: list[Field] = []
    for place, column in enumerate(mapping.columns):
        slot = _slot(mapping, place)
        role = column.use.role
        if not slot or role in MOMENTS | {Role.KEY} or is_moment(mapping, role):
            continue
        is_again = any(one.slot == slot for one in found)
        found.append(Field(place, column, f"{slot}{place}" if is_again else slot))
    return found


def is_moment(mapping: Mapping, role: Role | None) -> bool:
    """Whether it is when a line was updated, and not how often."""
    return role is Role.UPDATED and mapping.columns[mapping.places[role]].kind is Kind.MOMENT


def _slot(mapping: Mapping, place: int) -> str:
    """By what the values of a column are known while a line is counted; "" if nobody asks for them."""
    use = mapping.columns[place].use
    if use.part or use.label:
        return f"{PART}{place}" if use.part else LABEL + use.label
    if use.role in MEAN_OF and mapping.lines is not Lines.TOTALS:
        # The mean of one contact is the contact's own.
        amount = MEAN_OF[use.role]
        return "" if amount in mapping.places else amount
    return use.role or ""


def labels_of(mapping: Mapping) -> list[str]:
    return [one.use.label for one in mapping.columns if one.use.label]


def telling_of(mapping: Mapping) -> list[int]:
    """The columns in which a line says that it adds up others: the first, and those of names and days."""
    telling = NAMES | DATE_PARTS | {Role.DAY, Role.KEY}
    places = [place for role, place in mapping.places.items() if role in telling]
    return sorted({0, *places})
