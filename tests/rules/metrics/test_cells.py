"""Cells as real exports hold them: what each is read as, and what is no such thing."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.metrics.importing.cells import durations, moments, numbers, times
from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.missing import is_missing
from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.cells.plain import plain

POINT, COMMA = DecimalSign.POINT, DecimalSign.COMMA


@pytest.mark.parametrize(
    "text", ["", " ", "-", "—", "?", "N/A", "#N/A", "null", "NaN", "\ufeff", "\u00a0", "(blank)"]
)
def test_nothing_is_written_in_many_ways(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize("text", ["0", "no", "none of them", "--5", "x"])
def test_something_is_there(text: str) -> None:
    assert not is_missing(text)


@pytest.mark.parametrize(
    ("text", "by_point", "by_comma"),
    [
        ("5", "5", "5"),
        ("-5", "-5", "-5"),
        ("−5", "-5", "-5"),
        ("+5", "5", "5"),
        ("(5)", "-5", "-5"),
        ("1.5", "1.5", None),
        ("1,5", None, "1.5"),
        ("1,234", "1234", "1.234"),
        ("1.234", "1.234", "1234"),
        ("1,234.5", "1234.5", None),
        ("1.234,5", None, "1234.5"),
        ("1 234,5", None, "1234.5"),
        ("1\u202f234,5", None, "1234.5"),
        ("1'234.5", "1234.5", None),
        ("1,23,456", "123456", None),
        ("12,34", None, "12.34"),
        ("85%", "85", "85"),
        ("85,5 %", None, "85.5"),
        ("€ 12.50", "12.50", None),
        ("12,50 EUR", None, "12.50"),
        ("1e3", "1E+3", "1E+3"),
        ("156.0", "156.0", None),
        ("", None, None),
        ("abc", None, None),
        ("1-2", None, None),
        ("1.2.3", None, None),
        ("12:30", None, None),
        ("0x10", None, None),
        ("9" * 41, None, None),
        ("inf", None, None),
        ("1_000", None, None),
    ],
)
def test_a_number(text: str, by_point: str | None, by_comma: str | None) -> None:
    expected = [None if one is None else Decimal(one) for one in (by_point, by_comma)]
    assert [numbers.read(text, sign) for sign in (POINT, COMMA)] == expected


def test_a_column_says_which_sign() -> None:
    assert numbers.signs_of(["1,234", "5", "-", "0.5"]) == {POINT}
    assert numbers.signs_of(["1.234", "12,5"]) == {COMMA}
    assert numbers.signs_of(["1,5", "1.5"]) == set()
    assert not numbers.is_ambiguous(["5", "12", "?"])
    assert numbers.is_ambiguous(["5", "1,234"])
    assert not numbers.is_ambiguous(["5", "1,234", "0.5"])


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("143", Unit.SECONDS, "143"),
        ("2.5", Unit.MINUTES, "150"),
        ("0.5", Unit.DAYS, "43200"),
        ("143000", Unit.MILLISECONDS, "143"),
        ("0:02:23", Unit.SECONDS, "143"),
        ("00:02:23.5", Unit.SECONDS, "143.5"),
        ("12:02:23 AM", Unit.SECONDS, "143"),
        ("12:00:00 PM", Unit.SECONDS, "43200"),
        ("12:00:00 AM", Unit.SECONDS, "0"),
        ("12:00:00 AM", Unit.HOURS, "0"),
        ("1:00:00 p.m.", Unit.SECONDS, "46800"),
        ("13:00:00 AM", Unit.SECONDS, None),
        ("26:15:00", Unit.SECONDS, "94500"),
        ("-00:10:00", Unit.SECONDS, "-600"),
        ("1.02:03:04", Unit.SECONDS, "93784"),
        ("1 day, 02:03:04", Unit.SECONDS, "93784"),
        ("2:23", Unit.SECONDS, "143"),
        ("75:10", Unit.SECONDS, "4510"),
        ("2:23", Unit.HOURS, "8580"),
        ("2:75", Unit.HOURS, None),
        ("0:75:00", Unit.SECONDS, None),
        ("0:02:60", Unit.SECONDS, None),
        ("2m 23s", Unit.SECONDS, "143"),
        ("1d 2h", Unit.SECONDS, "93600"),
        ("1 hour 5 minutes", Unit.SECONDS, "3900"),
        ("45 sec", Unit.SECONDS, "45"),
        ("1.5h", Unit.SECONDS, "5400"),
        ("PT2M23S", Unit.SECONDS, "143"),
        ("P1DT2H", Unit.SECONDS, "93600"),
        ("P", Unit.SECONDS, None),
        ("", Unit.SECONDS, None),
        ("soon", Unit.SECONDS, None),
        ("12/03", Unit.SECONDS, None),
    ],
)
def test_a_length_of_time(text: str, unit: Unit, seconds: str | None) -> None:
    assert durations.read(text, unit) == (None if seconds is None else Decimal(seconds))


def _at(*when: int) -> datetime:
    return datetime(*when)  # type: ignore[arg-type]  # noqa: DTZ001 - as the clock on a wall shows it


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2021-01-31", Order.DAY_FIRST, _at(2021, 1, 31)),
        ("2021-01-31", Order.MONTH_FIRST, _at(2021, 1, 31)),
        ("20210131", Order.DAY_FIRST, _at(2021, 1, 31)),
        ("2021-01-31T09:12:58Z", Order.DAY_FIRST, datetime(2021, 1, 31, 9, 12, 58, tzinfo=UTC)),
        (
            "2021-01-31 09:12:58.250 +02:00",
            Order.DAY_FIRST,
            datetime(2021, 1, 31, 9, 12, 58, 250000, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("26/08/2023 18:39", Order.DAY_FIRST, _at(2023, 8, 26, 18, 39)),
        ("26/08/2023 18:39", Order.MONTH_FIRST, None),
        ("08/26/2023 6:39 PM", Order.MONTH_FIRST, _at(2023, 8, 26, 18, 39)),
        ("03/04/2023", Order.DAY_FIRST, _at(2023, 4, 3)),
        ("03/04/2023", Order.MONTH_FIRST, _at(2023, 3, 4)),
        ("3.4.23", Order.DAY_FIRST, _at(2023, 4, 3)),
        ("23-04-03", Order.YEAR_FIRST, _at(2023, 4, 3)),
        ("26-Aug-23", Order.MONTH_FIRST, _at(2023, 8, 26)),
        ("Aug 26, 2023 12:05 AM", Order.DAY_FIRST, _at(2023, 8, 26, 0, 5)),
        ("Saturday, August 26, 2023", Order.DAY_FIRST, _at(2023, 8, 26)),
        ("Mon, 28 Aug 2023 10:00:00 GMT", Order.DAY_FIRST, datetime(2023, 8, 28, 10, tzinfo=UTC)),
        ("2023/8/6", Order.DAY_FIRST, _at(2023, 8, 6)),
        ("3. Mai 2023", Order.MONTH_FIRST, _at(2023, 5, 3)),
        ("3 мая 2023, 10:15", Order.DAY_FIRST, _at(2023, 5, 3, 10, 15)),
        ("13 листопада 2023", Order.DAY_FIRST, _at(2023, 11, 13)),
        ("13 Μαΐου 2023 6:05 μ.μ.", Order.DAY_FIRST, _at(2023, 5, 13, 18, 5)),
        ("1680480000", Order.DAY_FIRST, datetime(2023, 4, 3, tzinfo=UTC)),
        ("45019.25", Order.DAY_FIRST, _at(2023, 4, 3, 6)),
        ("03.04.2023", Order.MONTH_FIRST, None),
        ("01-Jan-70", Order.DAY_FIRST, None),
        ("31/02/2023", Order.DAY_FIRST, None),
        ("2023-13-01", Order.DAY_FIRST, None),
        ("2023-01-01 25:00", Order.DAY_FIRST, None),
        ("2023-01-01 13:00 AM", Order.DAY_FIRST, None),
        ("1.234", Order.DAY_FIRST, None),
        ("12:30", Order.DAY_FIRST, None),
        ("12", Order.DAY_FIRST, None),
        ("yesterday", Order.DAY_FIRST, None),
        ("", Order.DAY_FIRST, None),
        ("1/2/345", Order.DAY_FIRST, None),
        ("2023-01-01 and more", Order.DAY_FIRST, None),
    ],
)
def test_a_moment(text: str, order: Order, expected: datetime | None) -> None:
    assert moments.read(text, order) == expected


def test_a_column_says_which_order() -> None:
    assert moments.orders_of(["03/04/2023", "26/08/2023"]) == {Order.DAY_FIRST}
    assert moments.orders_of(["03/04/2023", "08/26/2023"]) == {Order.MONTH_FIRST}
    assert moments.orders_of(["26/08/2023", "08/26/2023"]) == set()
    assert moments.is_ambiguous(["03/04/2023", "-"])
    assert not moments.is_ambiguous(["03/03/2023", "2023-01-31", "26-Aug-23"])


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31)))  # noqa: DTZ001 - of a wall
def test_what_is_written_is_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for order, written in (
        (Order.DAY_FIRST, "%d/%m/%Y %H:%M:%S"),
        (Order.MONTH_FIRST, "%m/%d/%Y %I:%M:%S %p"),
        (Order.DAY_FIRST, "%d-%b-%Y %H:%M:%S"),
        (Order.MONTH_FIRST, "%Y-%m-%dT%H:%M:%S"),
    ):
        assert moments.read(moment.strftime(written), order) == moment


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_reading(text: str) -> None:
    for sign in DecimalSign:
        number = numbers.read(text, sign)
        assert number is None or number.is_finite()
    for unit in Unit:
        durations.read(text, unit)
    for order in Order:
        moments.read(text, order)


@given(st.integers(0, 10**7))
def test_a_length_reads_the_same_in_every_style(seconds: int) -> None:
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    styles = [f"{hours}:{minutes:02}:{left:02}", f"{hours}h {minutes}m {left}s", str(seconds)]
    assert {durations.read(one) for one in styles} == {Decimal(seconds)}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("9:30", 34_200),
        ("09:30:15", 34_215),
        ("9:30 PM", 77_400),
        ("9:30 μ.μ.", 77_400),
        ("17", 61_200),
        ("0.75", 64_800),
        ("0,75", 64_800),
        ("09:00 - 09:30", 32_400),
        ("09:00–09:30", 32_400),
        ("24:00", 86_400),
        ("24", 86_400),
        ("24:01", None),
        ("25", None),
        ("-1:00", None),
        ("noon", None),
    ],
)
def test_a_time_of_day(text: str, seconds: int | None) -> None:
    assert times.read(text) == seconds


def test_text_is_compared_without_case_and_accents() -> None:
    assert plain(" \ufeffΌΧΙ  τώρα ") == plain("όχι Τωρα") == "οχι τωρα"
