"""Two files that other people exported, where they are at hand: what is odd in them is read as it is."""

from bot.spreadsheets.limits import METRICS
from bot.spreadsheets.tables import Table, open_table
from tests.rules.metrics.real.folder import needed


def real(name: str) -> Table:
    return open_table(needed(name), METRICS)


def test_calls_with_times_that_look_like_times_of_day() -> None:
    table = real("pwc_call_centre/01 Call-Center-Dataset.xlsx")
    assert table.headers[:4] == ("Call Id", "Agent", "Date", "Time")
    rows = [cells for _number, cells in table.rows()]
    assert len(rows) == 5_000
    assert rows[0] == ["ID0001", "Diane", "2021-01-01", "9:12:58", "Contract related", "Y", "Y", "109", "0:02:23", "3"]  # fmt: skip
    assert {len(row[2]) for row in rows} == {10}
    assert table.said == ()


def test_contacts_with_a_column_that_has_no_name() -> None:
    table = real("shopzilla_customer_support/test.csv")
    assert table.headers[:2] == ("Column A", "Unique id")
    rows = dict(table.rows())
    assert len(rows) == 17_182
    assert rows[3][7:11] == ["09/08/2023 11:15", "14/08/2023 00:32", "14/08/2023 00:37", "14-Aug-23"]  # fmt: skip
    assert max(rows) == 17_183
