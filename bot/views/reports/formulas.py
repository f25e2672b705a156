"""Pieces of Excel's formulas."""


def letters(place: int) -> str:
    """How a sheet calls a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def quoted(text: str) -> str:
    """A text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'


def sheet(name: str) -> str:
    """A sheet as it is called in a formula."""
    return "'" + name.replace("'", "''") + "'"


def cells(name: str, place: int, last_row: int) -> str:
    """All cells of a column of a sheet but the head."""
    letter = letters(place)
    return f"{sheet(name)}!${letter}$2:${letter}${max(last_row, 2)}"
