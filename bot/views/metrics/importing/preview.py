"""What a file was taken for: its columns, its first lines as Baton reads them, and what was found out about it."""

from collections.abc import Iterator, Sequence

from bot.rules.metrics.importing.asking.asking_days import unreadable_days
from bot.rules.metrics.importing.asking.questions import ABOUT_THE_DAY, Asks, Question
from bot.rules.metrics.importing.cells.missing import is_missing
from bot.rules.metrics.importing.files import Belongs, Decided, Look
from bot.rules.metrics.importing.giving import given_by
from bot.rules.metrics.importing.mapping import Mapping, Problem, Wrong
from bot.rules.metrics.importing.reading.days import grain_of
from bot.rules.metrics.importing.recognising.roles import DATE_PARTS, Role
from bot.rules.metrics.importing.words.headers import Source
from bot.rules.zones import label
from bot.spreadsheets import said
from bot.spreadsheets.said import Said
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics.importing import words
from bot.views.metrics.importing.cells import reader_of
from bot.views.metrics.importing.seen import Seen

MOST_COLUMNS = 40
LONGEST_LIST, LONGEST_NOTES = 2_200, 1_200
"""Letters. A message holds some 13,000 in all, of which the questions need their share."""
MOST_UNUSED = 12
WIDEST_TABLE = 12
LONGEST_IN_TABLE = 40
LINES_SHOWN = 3
SOLVED_BY = {
    **dict.fromkeys(ABOUT_THE_DAY, Wrong.NO_DAY),
    Asks.SCORE: Wrong.NOTHING_COUNTED,
}


def blocks(seen: Seen, look: Look, decided: Decided, t: Text) -> list[Block]:
    """All that is to be looked at before anybody says that it is right."""
    found = [b.section(summary(look, decided, t))]
    if notes := found_out(look, decided, t):
        found.append(b.context(b.shorten("\n".join(notes), LONGEST_NOTES)))
    found.append(b.section(b.shorten(_columns(decided, t), LONGEST_LIST)))
    found += _first_lines(look, decided, t)
    found += [b.context(one) for one in gives(look, decided, seen.questions, t)]
    found.append(b.context(whose(seen, decided, t)))
    return found


def summary(look: Look, decided: Decided, t: Text) -> str:
    source = decided.mapping.source
    told = t.n("{count} line", "{count} lines", look.lines)
    kind = t(words.LINES[decided.mapping.lines])
    if source is Source.FREE:
        text = t("{lines}; {kind}.", lines=told, kind=kind)
    else:
        text = t(
            "{lines} from {program}; {kind}.", lines=told, program=words.PROGRAMS[source], kind=kind
        )
    if decided.is_remembered:
        known = t("I know these columns: they are taken as last time.")
        return f"{text} {known}"
    return text


def found_out(look: Look, decided: Decided, t: Text) -> list[str]:
    """What else is to be known of the file."""
    unused = {one.header for one in decided.mapping.columns if not one.use}
    notes = [*when(look, decided, t), *(note(one, t) for one in look.said)]
    for one in unreadable_days(decided.mapping, look.columns):
        cell, header = (
            words.header(one.examples[0] if one.examples else ""),
            words.header(one.header),
        )
        notes.append(t("“{header}” holds no dates that I can read: {cell}. Please write them with day, month and year.", header=header, cell=cell))  # fmt: skip
    if strange := [one for one in look.strange if one in unused]:
        notes.append(t("Left out, because these percentages are not of the counts beside them: {names}.", names=_names(strange)))  # fmt: skip
    return notes


def when(look: Look, decided: Decided, t: Text) -> list[str]:
    """On which day lines count that are not of single days."""
    mapping = decided.mapping
    day, place = mapping.day, mapping.places.get(Role.DAY)
    if mapping.needs_day and day and not mapping.places.keys() & DATE_PARTS:
        return [t("Everything in this file counts on {day}.", day=t.day(day))]
    grain = grain_of(mapping.places, None if place is None else look.columns[place])
    return [t(words.GRAINS[grain])] if grain else []


def _columns(decided: Decided, t: Text) -> str:
    used = [one for one in decided.mapping.columns if one.use]
    unused = [words.header(one.header) for one in decided.mapping.columns if not one.use]
    kind = decided.mapping.lines
    lines = [
        f"• *{words.header(one.header)}*: {words.use(one.use, kind, t)}"
        for one in used[:MOST_COLUMNS]
    ]
    if len(used) > MOST_COLUMNS:
        lines.append(t.n("and {count} more", "and {count} more", len(used) - MOST_COLUMNS))
    if unused:
        told = ", ".join(unused[:MOST_UNUSED])
        if len(unused) > MOST_UNUSED:
            more = t.n("and {count} more", "and {count} more", len(unused) - MOST_UNUSED)
            told = f"{told} {more}"
        lines.append(t("_Not used:_ {columns}", columns=told))
    return "\n".join([t("*What I take each column for*"), *lines])


def _first_lines(look: Look, decided: Decided, t: Text) -> list[Block]:
    """The first lines, with only what is used of them."""
    mapping = decided.mapping
    used = [(at, one) for at, one in enumerate(mapping.columns) if one.use][:WIDEST_TABLE]
    if not used or not look.rows:
        return []
    rows = [[t("Row"), *(one.header for _at, one in used)]]
    for number, cells in _as_meant(look, mapping):
        shown = [reader_of(at, mapping, t)(cells[at]) for at, _one in used]
        rows.append([str(number), *shown])
    table = {"type": "table", "rows": [[_cell(one) for one in row] for row in rows]}
    return [b.section(t("*The first lines as I read them*")), table]


def _as_meant(look: Look, mapping: Mapping) -> Iterator[tuple[int, list[str]]]:
    """The first lines, with what is above where an empty cell means that."""
    above: dict[int, str] = {}
    for number, cells in look.rows[:LINES_SHOWN]:
        above |= {place: cell for place, cell in enumerate(cells) if not is_missing(cell)}
        filled = [mapping.columns[place].style.fills for place in range(len(cells))]
        yield number, [above.get(at, "") if filled[at] else one for at, one in enumerate(cells)]


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": b.shorten(" ".join(text.split()), LONGEST_IN_TABLE) or "–"}


def whose(seen: Seen, decided: Decided, t: Text) -> str:
    """Whose numbers they are, and by which clocks."""
    name = escape(seen.team.name) if seen.team else "–"
    team = {
        Belongs.TEAM: t("These are numbers of {team}.", team=name),
        Belongs.COLUMN: t("Each line counts for the team that it names; all others for {team}.", team=name),
        Belongs.PEOPLE: t("Each line counts for the team of its person; all others for {team}.", team=name),
    }[decided.belongs]  # fmt: skip
    zone = label(decided.mapping.zone, seen.import_.asked_at)
    clocks = t("Times in the file are those of {zone}.", zone=zone)
    return f"{team} {clocks}"


def gives(look: Look, decided: Decided, asked: Sequence[Question], t: Text) -> list[str]:
    """Which numbers come of it, and which one would look for in vain, as soon as that can be told."""
    if unasked(decided, asked) or any(one.asks is Asks.SCORE for one in asked):
        return []
    given = given_by(decided.mapping)
    lines = [
        t("It gives: {numbers}.", numbers=", ".join(t(one.name) for one in given.metrics))
        if given.metrics
        else t("None of Baton's numbers comes of it: what its columns hold is not enough for one.")
    ]
    if given.missing and look.is_plain:
        lines.append(
            t("Not in it: {numbers}.", numbers=", ".join(t(one.name) for one in given.missing))
        )
    if given.days:
        names = _names(given.days)
        lines.append(t("These columns hold days without a time, so I cannot tell how long anything took: {names}.", names=names))  # fmt: skip
    return [" ".join(lines)]


def unasked(decided: Decided, asked: Sequence[Question]) -> list[Problem]:
    """What keeps it from being imported, but for what is asked anyway."""
    solved = {SOLVED_BY[one.asks] for one in asked if one.asks in SOLVED_BY}
    return [one for one in decided.mapping.problems() if one.wrong not in solved]


def problems(found: Sequence[Problem], decided: Decided, t: Text) -> list[str]:
    """What keeps the columns from being used as they are."""
    return [
        t(words.WRONGS[one.wrong])
        if one.place is None
        else t(
            words.WRONGS[one.wrong], header=words.header(decided.mapping.columns[one.place].header)
        )
        for one in found
    ]


def note(one: Said, t: Text) -> str:
    """What was found out about the file, or skipped."""
    match one:
        case said.TitleRows() | said.CellsBeside() | said.EmptyFormulas():
            return _skipped(one, t)
        case said.OtherSheets(names, read=sheet):
            told = t("The sheet {sheet} is read. Others are not: {names}.", sheet=words.header(sheet), names=_names(names))  # fmt: skip
            how = t("“Change columns” lets you choose.")
            return f"{told} {how}"
        case said.HiddenSheets(names):
            return t("Hidden sheets are not read: {names}.", names=_names(names))
        case said.MergedDown(headers):
            return t("Cells merged over several lines count for each of them: {names}.", names=_names(headers))  # fmt: skip
        case _:
            return _of_writing(one, t)


def _skipped(one: said.TitleRows | said.CellsBeside | said.EmptyFormulas, t: Text) -> str:
    """How much of it is not read."""
    match one:
        case said.TitleRows(count):
            return t.n(
                "{count} row above the header is skipped.",
                "{count} rows above the header are skipped.",
                count,
            )
        case said.CellsBeside(count):
            return t.n(
                "In {count} row something stands beside the table, without a name above it. It is not read.",
                "In {count} rows something stands beside the table, without a name above it. It is not read.",
                count,
            )
        case said.EmptyFormulas(count):
            return t.n(
                "{count} formula has no value in the file and counts as empty.",
                "{count} formulas have no value in the file and count as empty.",
                count,
            )


def _of_writing(one: Said, t: Text) -> str:
    """How the file is written."""
    match one:
        case said.Encoding(name):
            return t("The text is encoded as {name}.", name=name)
        case said.ByteOrderMark():
            return t("It begins with a byte order mark, which I leave out.")
        case said.Delimiter(sign):
            name = t("tabs") if sign == "\t" else f"“{escape(sign)}”"
            return t("Cells are divided by {sign}.", sign=name)
        case said.OtherKind(named, read_as=kind):
            return t(
                "It is called .{named}, and is really .{kind}.", named=escape(named), kind=kind
            )
        case _:
            return t("Some letters in it are damaged, and nobody can read them any more.")


def _names(names: Sequence[str]) -> str:
    return ", ".join(words.header(one) for one in names[:10])
