"""What a column holds, found from its cells: in bounded memory, from the whole file, with what is in doubt."""

from decimal import Decimal

import pytest

from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.recognising.columns import (
    DISTINCT_KEPT,
    LONGEST_KEPT,
    Column,
    Doubt,
    Kind,
    Sample,
    decided_order,
    decided_sign,
    look,
    numbers_in,
)


def column(*cells: str, header: str = "x") -> Column:
    sample = Sample(header, 0)
    for cell in cells:
        sample.add(cell)
    return sample.column()


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ((), Kind.EMPTY),
        (("", "-", "n/a"), Kind.EMPTY),
        (("1", "2.5", "?"), Kind.NUMBER),
        (("1", "0"), Kind.NUMBER),
        (("85%", "7 %"), Kind.NUMBER),
        (("Y", "N", ""), Kind.YES_NO),
        (("ΝΑΙ", "όχι"), Kind.YES_NO),
        (("так", "ні"), Kind.YES_NO),
        (("2023-01-31", "26/08/2023 18:39"), Kind.MOMENT),
        (("0:02:23", "12:02:23 AM"), Kind.DURATION),
        (("2m 3s", "45"), Kind.DURATION),
        (("Within SLA", "SLA Violated"), Kind.OUTCOME),
        (("Good", "Bad", "Offered"), Kind.VERDICT),
        (("3 - Fine", "4/5"), Kind.VERDICT),
        (("Ann", "1"), Kind.TEXT),
        (("26/08/2023", "08/26/2023", "soon"), Kind.TEXT),
    ],
)
def test_the_strictest_kind_that_reads_every_cell(cells: tuple[str, ...], kind: Kind) -> None:
    assert column(*cells).kind is kind


def test_most_cells_are_enough_for_nearly() -> None:
    found = column("2023-01-31", "2023-02-01", "soon")
    assert (Kind.MOMENT in found.kinds, Kind.MOMENT in found.nearly) == (False, True)
    assert Kind.MOMENT not in column("2023-01-31", "soon", "later").nearly


@pytest.mark.parametrize(
    ("cells", "order", "doubts"),
    [
        (("03/04/2023",), Order.DAY_FIRST, {Doubt.ORDER}),
        (("03/03/2023",), Order.DAY_FIRST, set()),
        (("03/04/2023", "26/04/2023"), Order.DAY_FIRST, set()),
        (("03/04/2023", "04/26/2023"), Order.MONTH_FIRST, set()),
        (("03/04/2023", "26/04/2023", "04/26/2023"), Order.DAY_FIRST, {Doubt.ORDER}),
        (("03/04/2023", "26/04/2023", "soon"), Order.DAY_FIRST, set()),
        (("2023-04-03",), Order.DAY_FIRST, set()),
        (("03.04.2023",), Order.DAY_FIRST, set()),
    ],
)
def test_the_order_by_which_most_cells_are_days(
    cells: tuple[str, ...], order: Order, doubts: set[Doubt]
) -> None:
    found = column(*cells)
    assert (found.style.order, set(found.doubts)) == (order, doubts)


@pytest.mark.parametrize(
    ("cells", "sign", "doubts"),
    [
        (("1,234",), DecimalSign.POINT, {Doubt.SIGN}),
        (("1,234", "0.5"), DecimalSign.POINT, set()),
        (("1,234", "0,5"), DecimalSign.COMMA, set()),
        (("5", "12"), DecimalSign.POINT, set()),
    ],
)
def test_the_sign_by_which_most_cells_are_numbers(
    cells: tuple[str, ...], sign: DecimalSign, doubts: set[Doubt]
) -> None:
    found = column(*cells)
    assert (found.style.sign, set(found.doubts)) == (sign, doubts)


def test_what_only_some_cells_decide_speaks_for_the_whole_file() -> None:
    assert decided_order(column("26/04/2023")) is Order.DAY_FIRST
    assert decided_order(column("2023-04-26")) is None
    assert decided_order(column("03/04/2023")) is None
    assert decided_order(column("Ann")) is None
    assert decided_sign(column("0,5")) is DecimalSign.COMMA
    assert decided_sign(column("5")) is None
    assert decided_sign(column("1,234")) is None


def test_midnight_everywhere_is_a_day_and_a_header_may_say_the_zone() -> None:
    assert column("2023-04-26 00:00:00", "2023-04-27").style.is_days
    assert not column("2023-04-26 00:00:00", "2023-04-27 10:00").style.is_days
    assert column("2023-04-26 10:00", header="Start (UTC)").style.is_utc
    assert not column("2023-04-26 10:00", header="Start (utc offset)").style.is_days


def test_a_long_file_is_looked_at_everywhere_in_bounded_memory() -> None:
    """Sorted days: those that decide come long after as many as are kept from the beginning."""
    sample = Sample("When", 0)
    for day in (*range(1, 13), *range(13, 29)):
        for minute in range(1440):
            sample.add(f"{day:02}/01/2023 {minute // 60:02}:{minute % 60:02}")
    assert len(sample.distinct) == DISTINCT_KEPT
    assert len(sample.later) < 2 * DISTINCT_KEPT
    found = sample.column()
    assert (found.style.order, len(found.doubts), found.filled) == (Order.DAY_FIRST, 0, 28 * 1440)
    assert found.different == pytest.approx(28 * 1440, rel=0.1)


def test_the_same_names_on_many_lines_are_not_taken_for_many() -> None:
    sample = Sample("Id", 0)
    for number in range(20_000):
        sample.add(f"T{number % 5000}")
    assert sample.column().different == pytest.approx(5000, rel=0.1)
    assert sample.column().filled == 20_000


def test_a_long_text_is_kept_by_its_beginning() -> None:
    sample = Sample("Comment", 0)
    sample.add("word " * 5000)
    assert [len(one) for one in sample.distinct] <= [LONGEST_KEPT]


def test_the_numbers_in_it() -> None:
    held = look("x", 0, ["5", "1.5", "what"], filled=3)
    assert numbers_in(held) == [Decimal(5), Decimal("1.5")]
