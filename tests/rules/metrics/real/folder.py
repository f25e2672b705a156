"""The folder of real exports beside the project, and what is read of them. Without the folder its tests say so."""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import Fact
from bot.spreadsheets.limits import METRICS
from bot.spreadsheets.tables import open_table
from tests.about_the_code.source import ROOT
from tests.rules.metrics.lines import Rows

SHARED = ROOT.parent / "shared" / "data"
Item = dict[str, Any]
Numbers = dict[str, float | None]


def needed(path: str) -> Path:
    """A file of the folder; without it the test is skipped, and says so."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the folder of real exports is not beside the project: {path}")
    return found


def opened(path: str) -> Rows:
    """The header and the lines, as Baton reads files."""
    found = open_table(needed(path), METRICS)
    return [[*found.headers], *(cells for _number, cells in found.rows())]


def reference(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(needed(f"{folder}/reference_kpis.json").read_text())
    return found


def bundled(facts: Iterable[Fact], by: Callable[[Fact], Hashable]) -> dict[Hashable, Bundle]:
    """The facts of each slice together."""
    slices: dict[Hashable, Bundle] = defaultdict(Bundle)
    for fact in facts:
        slices[by(fact)].add([fact.parts])
    return slices


def iso_week(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def check(
    items: Sequence[Item],
    slices: dict[Hashable, Bundle],
    by: tuple[str, ...],
    numbers: Callable[[Bundle], Numbers],
) -> None:
    """Every number of the reference is what the slice of the same names comes to, and there are no others."""
    found = {key: numbers(bundle) for key, bundle in slices.items()}
    names = [_key(item, by) for item in items]
    assert sorted(map(str, names)) == sorted(map(str, found))
    for item, key in zip(items, names, strict=True):
        _same(item, found[key], by)
    if by == ("week",):
        for (_item, before), (item, after) in pairwise(zip(items, names, strict=True)):
            _same_changes(item, found[before], found[after])


def _key(item: Item, by: tuple[str, ...]) -> Hashable:
    return item[by[0]] if len(by) == 1 else tuple(item[one] for one in by)


OF_THE_SLICE = {"from", "to", "days"}
DECIMALS = 6


def _same(item: Item, found: Numbers, by: tuple[str, ...]) -> None:
    expected = {
        key: value
        for key, value in item.items()
        if key not in {*by, *OF_THE_SLICE} and "_wow" not in key
    }
    assert expected.keys() == found.keys()
    for key, value in expected.items():
        assert _rounded(found[key]) == value, (item, key)


def _same_changes(item: Item, before: Numbers, after: Numbers) -> None:
    """From week to week, as the reference has it."""
    for name, value in item.items():
        key, wow, share = name.partition("_wow")
        old, new = before.get(key), after.get(key)
        if wow and old is not None and new is not None:
            change = (new - old) / old if share else new - old
            assert change == pytest.approx(value, abs=2 * 10**-DECIMALS), (item, name)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
