"""The rows of a roster: which column is which, and what is wrong with a row by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.errors import Refused
from bot.people import Role
from bot.text import _

NEEDED = ("team", "person", "role")
OPTIONAL = ("zone", "team_channel", "leads_channel", "language")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which row of the file (the header is row 1)."""

    row: int
    refused: Refused


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was written. What the file does not say is empty, and changes nothing."""

    row: int
    team: str
    person: str
    role: str
    zone: str = ""
    team_channel: str = ""
    leads_channel: str = ""
    language: str = ""


def parse(rows: Sequence[Sequence[str]]) -> list[Line]:
    """The rows that say something. Raises Refused if a column is missing or named twice, or there is no row at all."""
    header_at = next((n for n, row in enumerate(rows) if any(row)), 0)
    columns = _columns(rows[header_at] if rows else [])
    lines = []
    for number, row in enumerate(rows[header_at + 1 :], start=header_at + 2):
        said = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        if any(said.values()):
            lines.append(Line(number, **{name: said.get(name, "") for name in columns}))
    if not lines:
        raise Refused(_("There is no row below the header."))
    return lines


def problems(line: Line) -> Iterator[Problem]:
    """What is wrong with a row by itself, whatever else the file says."""
    for column in NEEDED:
        if not getattr(line, column):
            yield Problem(line.row, Refused(_("The column `{column}` is empty."), column=column))
    if line.role and find_role(line.role) is None:
        yield Problem(
            line.row,
            Refused(
                _("“{role}” is no role. Write one of: {roles}."),
                role=line.role,
                roles=", ".join(Role),
            ),
        )


def find_role(written: str) -> Role | None:
    """`Lead` and `leads` are the role too."""
    word = written.casefold()
    return next((role for role in Role if word in {role, f"{role}s"}), None)


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Where each known column is. Names may be in any case, with spaces or hyphens; other columns are left alone."""
    names = [
        "_".join(cell.casefold().replace("-", " ").replace("_", " ").split()) for cell in header
    ]
    for name in (*NEEDED, *OPTIONAL):
        if names.count(name) > 1:
            raise Refused(_("There are two columns named `{column}`."), column=name)
    if missing := [name for name in NEEDED if name not in names]:
        raise Refused(
            _("The first row has to name the columns. Missing: {missing}. Needed: {needed}."),
            missing=", ".join(missing),
            needed=", ".join(NEEDED),
        )
    return {name: names.index(name) for name in (*NEEDED, *OPTIONAL) if name in names}
