"""The file with numbers as other programs read it: real tables and charts, formulas that come to what is stored, nothing that runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from bot.people import Person
from bot.rules.metrics.definition.registry import BY_KEY, Direction, Metric, Unit
from bot.rules.metrics.definition.values import value_of
from bot.rules.metrics.look.sheets import SLICES, Figure, Filled, Piece, SheetKey, in_order
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.histograms import Histogram
from bot.rules.reports import About, Asked, Choice, Period
from bot.workbooks import MetricsBook
from tests.casebook import OTHER_TEAM, TEAM
from tests.cast import ALICE, BILLING, BOB, NOON, SHIPPING
from tests.workbooks.office import convert, needs_office

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
OWN = Metric(
    "own", '=HYPERLINK("http://evil.example")', "+1", Unit.POINTS, Direction.NONE, "contacts", "handled", decimals=3
)  # fmt: skip
METRICS = (*(BY_KEY[one] for one in ("contacts", "csat", "rating", "frt", "aht", "nps")), OWN)
TARGETS: Mapping[str, float] = {"csat": 80, "aht": 240}


def bundle(number: int) -> Bundle:
    sums = {
        "contacts": 20 + number % 7,
        "ratings": 10,
        "ratings_good": 6 + number % 5,
        "rating_points": 40,
        "handled": 19,
        "talk_seconds": 4000 + 37 * number,
        "promoters": 4,
        "detractors": 1,
        "recommendations": 9,
    }
    thousandths = {key: 1000 * amount for key, amount in sums.items()}
    samples = {"first_response": Histogram({1000 * (60 + number): 2, 9000: 1})}
    return Bundle(20, thousandths, samples)


def filled(
    sheet: SheetKey, held: Sequence[tuple[str, Period, Bundle]], *team_ids: str, person_id: str = ""
) -> Filled:
    piece = Piece(sheet, team_ids, MARCH, SLICES[sheet])
    figures = [
        Figure(
            *(sheet, piece.team_id, member, person_id, period, metric, value),
            TARGETS.get(metric.key),
            is_few=value.n < 10,
        )
        for member, period, one in held
        for metric in METRICS
        if (value := value_of(metric, one)).amount is not None
    ]
    days = frozenset({period.first for _member, period, _one in held})
    return Filled(piece, in_order(sheet, figures, METRICS), days)


def days(*team_ids: str) -> Filled:
    every = [MARCH.first + timedelta(days=number) for number in range(31)]
    held = [("", Period(day, day), bundle(number)) for number, day in enumerate(every)]
    return filled(SheetKey.DAYS, held, *team_ids)


def month(*team_ids: str) -> Filled:
    return filled(SheetKey.TOTALS, [("", MARCH, bundle(3))], *team_ids)


def hours(*team_ids: str) -> Filled:
    held = [(f"{hour:02}:00", MARCH, bundle(hour)) for hour in range(8, 18)]
    return filled(SheetKey.HOURS, held, *team_ids)


def alice() -> Filled:
    return filled(SheetKey.PEOPLE, [("Alice", MARCH, bundle(1))], BILLING, person_id=ALICE.id)


def write(
    folder: Path, *all_: Filled, person: Person = BOB, is_1904: bool = False, teams: int = 1
) -> Path:
    path = folder / "metrics.xlsx"
    asked = Asked(MARCH, about=About.METRICS, choice=Choice(is_1904=is_1904))
    here = [TEAM, OTHER_TEAM][:teams]
    book = MetricsBook(path, asked, here, person, [one.piece for one in all_])
    for one in all_:
        book.add([one], {}, now=NOON)
    book.finish(now=NOON)
    return path


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


def test_each_sheet_is_a_table_with_its_numbers_in_their_units(tmp_path: Path) -> None:
    path = write(tmp_path, month(BILLING), days(BILLING), hours(BILLING), alice())
    book = load_workbook(path)
    names = ["Totals", "Charts", "By day", "By person", "By hour", "Definitions", "About"]
    assert book.sheetnames == names
    assert {one.name for sheet in book for one in sheet.tables.values()} == {
        "Totals", "Days", "People", "Hours", "Definitions",
    }  # fmt: skip
    formats = {row[1].value: row[2].number_format for row in book["Totals"].iter_rows(min_row=2)}
    assert formats == {
        "Contacts": "#,##0",
        "CSAT": "0.0%",
        "Mean rating": "#,##0.00",
        "First response time": "[h]:mm:ss",
        "AHT": "[h]:mm:ss",
        "NPS": "#,##0",
        OWN.name: "#,##0.000",
    }
    assert all(book[one].freeze_panes == "A2" for one in names if one not in {"Charts", "About"})


def test_a_value_is_a_formula_over_what_stands_beside_it(tmp_path: Path) -> None:
    sheet = load_workbook(write(tmp_path, month(BILLING)))["Totals"]
    found = {row[1].value: row[2].value for row in sheet.iter_rows(min_row=2)}
    assert found["CSAT"] == "=E3/F3"
    assert found["AHT"] == "=E6/F6/86400"
    assert found["First response time"] == timedelta(seconds=63)


def test_what_people_typed_is_never_a_formula(tmp_path: Path) -> None:
    channel = filled(SheetKey.CHANNELS, [("=1+1", MARCH, bundle(1))], BILLING)
    book = load_workbook(write(tmp_path, month(BILLING), channel))
    typed = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value) in {OWN.name, OWN.words, "=1+1"}
    ]
    assert {cell.data_type for cell in typed} == {"s"}
    assert {cell.value for cell in typed} == {OWN.name, OWN.words, "=1+1"}


def charts(path: Path) -> list[Any]:
    book: Any = load_workbook(path)
    return list(book["Charts"]._charts)


def test_there_are_charts_over_time_and_by_hour(tmp_path: Path) -> None:
    found = charts(write(tmp_path, month(BILLING), days(BILLING), hours(BILLING)))
    kinds = [one.tagname for one in found]
    assert kinds == ["lineChart"] * len(METRICS) + ["barChart"] * len(METRICS)
    [values, target] = found[1].series
    assert values.val.numRef.f == "'By day'!$D$33:$D$63"
    assert target.val.numRef.f == "'By day'!$E$33:$E$63"
    assert len(values.val.numRef.numCache.pt) == 31
    assert float(values.val.numRef.numCache.pt[0].v) == 0.6
    assert len(found[0].series) == 1


def test_of_several_teams_the_charts_are_of_all_together(tmp_path: Path) -> None:
    both = days(BILLING, SHIPPING)
    path = write(tmp_path, month(BILLING), month(SHIPPING), both, days(BILLING), teams=2)
    found = charts(path)
    assert len(found) == len(METRICS)
    assert rows(path, "By day")[1][1] == "All teams in this file"


def test_without_numbers_it_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, filled(SheetKey.TOTALS, [], BILLING))
    assert charts(path) == []
    assert rows(path, "Charts")[0][0] == "There are too few numbers for a chart."
    told = [str(row[1]) for row in rows(path, "About")]
    assert "Billing (Europe/Berlin). There are no numbers of these days." in told


def test_it_says_what_it_leaves_out_and_on_which_days_there_is_nothing(tmp_path: Path) -> None:
    first = month(BILLING)
    piece = replace(first.piece, too_long=(SheetKey.PEOPLE_DAYS,), hidden=2)
    path = write(tmp_path, replace(first, piece=piece, days=frozenset({MARCH.first})))
    told = "\n".join(str(row[1]) for row in rows(path, "About"))
    assert "too long: By person and day." in told
    assert "The numbers of 2 people are not in it" in told
    assert "on 1 of 31 days, the last on Mar 1, 2026." in told


@needs_office
@pytest.mark.parametrize(("locale", "is_1904"), [("en-US", False), ("uk-UA", True)])
def test_libreoffice_works_out_the_same(tmp_path: Path, locale: str, is_1904: bool) -> None:
    all_ = (month(BILLING), days(BILLING), hours(BILLING), alice())
    path = write(tmp_path, *all_, person=replace(BOB, locale=locale), is_1904=is_1904)
    opened = convert(path, "xlsx", tmp_path)
    stored, worked_out = CalamineWorkbook.from_path(path), CalamineWorkbook.from_path(opened)
    assert stored.sheet_names == worked_out.sheet_names
    for place in range(len(stored.sheet_names)):
        before = stored.get_sheet_by_index(place).to_python()
        after = worked_out.get_sheet_by_index(place).to_python()
        assert _close(after) == _close(before)


def _close(found: list[list[Any]]) -> list[list[Any]]:
    """Times come back as lengths or as parts of a day, and the last digit is anybody's."""
    return [
        [
            round(one.total_seconds() / 86_400, 9)
            if isinstance(one, timedelta)
            else round(one, 9)
            if isinstance(one, float)
            else one
            for one in row
        ]
        for row in found
    ]
