"""What was found, as a table for the terminal and as the numbers' part of docs/reference/performance.md."""

import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.findings import Finding, Section, Spread
from bench.processes import ALL_CORES
from bot.clock import RealClock

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- numbers: written by `python -m bench --markdown` -->", "<!-- end of numbers -->"
TITLE = "### "
HEAD = ("", "Baton", "peer", "", "Baton ÷ peer", "target", "")
PEERS = ("slack-bolt", "slack-sdk", "aiohttp", "starlette", "uvicorn", "uvloop", "sqlalchemy", "asyncpg")  # fmt: skip
VERDICT = {True: "met", False: "missed", None: ""}


def show(sections: Sequence[Section], console: Console) -> None:
    for section in sections:
        table = Table(*HEAD, title=section.title, title_justify="left", caption=None)
        for finding in section.findings:
            table.add_row(*_cells(finding), style="red" if finding.met is False else "")
        console.print(table)
    console.print(circumstances())


def write(sections: Sequence[Section], page: Path = PAGE) -> None:
    """Put the numbers where the last ones were; what was not measured stays as it is."""
    before, _, rest = page.read_text().partition(BEGIN)
    held, _, after = rest.partition(END)
    head, *kept = held.split(TITLE)
    parts = {_title(one): f"{TITLE}{one.strip()}" for one in kept}
    parts |= {one.title: _markdown(one) for one in sections}
    numbers = "\n\n".join([*filter(None, [head.strip()]), *parts.values()])
    page.write_text(f"{before}{BEGIN}\n\n{numbers}\n\n{END}{after}")


def circumstances() -> str:
    """When, on what, with which versions."""
    today = RealClock().now().strftime("%-d %B %Y")
    cores = len(ALL_CORES) or "unknown"
    versions = ", ".join(f"{name} {version(name)}" for name in PEERS)
    return (
        f"{today}; {cores} cores of a shared virtual machine, {platform.machine()}, {platform.system()}; "
        f"Python {platform.python_version()}; {versions}."
    )


def _title(section: str) -> str:
    return section.partition("\n")[0]


def _markdown(section: Section) -> str:
    lines = [
        f"{TITLE}{section.title}",
        "",
        section.about,
        "",
        _row(HEAD),
        _row(["---"] + ["---:"] * 2 + ["---"] + ["---:"] * 2 + ["---"]),
        *(_row(_cells(one)) for one in section.findings),
        "",
        circumstances(),
    ]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(one: Finding) -> list[str]:
    return [
        one.what,
        _amount(one.ours, one.unit),
        _amount(one.theirs, one.unit) if one.theirs else "",
        one.peer,
        f"{_short(one.ratio.median)} ({_range(one.ratio)})" if one.ratio else "",
        str(one.target or ""),
        VERDICT[one.met],
    ]


def _amount(spread: Spread, unit: str) -> str:
    return f"{_short(spread.median)} {unit}"


def _range(spread: Spread) -> str:
    return f"{_short(spread.low)}–{_short(spread.high)}"


def _short(number: float) -> str:
    """Three digits that matter."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"
