"""The rows of a list of shifts: which columns there are, and what is wrong with a row by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.errors import Refused
from bot.rules.roster.lines import Problem
from bot.text import _

DATED = ("start", "end")
WEEKLY = ("weekday", "from", "to")
OPTIONAL = ("zone", "valid_from", "valid_until", "name")


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was written, by column. What the file does not say is empty."""

    row: int
    said: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.said.get(column, "")


@dataclass(frozen=True, slots=True)
class Lines:
    """All rows that say something. `weekly` ones repeat every week; others are single shifts with dates."""

    weekly: bool
    rows: Sequence[Line]

    @property
    def needed(self) -> tuple[str, ...]:
        return ("team", "person", *(WEEKLY if self.weekly else DATED))


def parse(rows: Sequence[Sequence[str]], team: str = "") -> Lines:
    """`team` counts where a row names none. Raises Refused if columns are missing or named twice, or there is no row."""
    header_at = next((n for n, row in enumerate(rows) if any(row)), 0)
    names = [_name(cell) for cell in rows[header_at]] if rows else []
    weekly = _is_weekly(names, team=team)
    known = ("team", "person", *DATED, *WEEKLY, *OPTIONAL)
    columns = {name: names.index(name) for name in known if name in names}
    found = []
    for number, row in enumerate(rows[header_at + 1 :], start=header_at + 2):
        said = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        if any(said.values()):
            found.append(Line(number, said | {"team": said.get("team") or team}))
    if not found:
        raise Refused(_("There is no row below the header."))
    return Lines(weekly, found)


def empty_columns(line: Line, needed: Sequence[str]) -> Iterator[Problem]:
    for column in needed:
        if not line[column]:
            yield Problem(line.row, Refused(_("The column `{column}` is empty."), column=column))


def _is_weekly(names: Sequence[str], *, team: str) -> bool:
    for name in ("team", "person", *DATED, *WEEKLY, *OPTIONAL):
        if names.count(name) > 1:
            raise Refused(_("There are two columns named `{column}`."), column=name)
    weekly = not set(DATED) <= set(names)
    wanted = ("team", "person", *(WEEKLY if weekly else DATED))
    missing = [one for one in wanted if one not in names and not (one == "team" and team)]
    if missing:
        raise Refused(
            _(
                "The first row has to name the columns: team, person, start, end; "
                "or team, person, weekday, from, to. Missing: {missing}."
            ),
            missing=", ".join(missing),
        )
    if not weekly and set(WEEKLY) & set(names):
        raise Refused(
            _(
                "Please keep weekly shifts and shifts with dates in two files: this one has columns of both."
            )
        )
    return weekly


def _name(cell: str) -> str:
    return "_".join(cell.casefold().replace("-", " ").replace("_", " ").split())
