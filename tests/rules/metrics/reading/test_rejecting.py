"""What is left out of a line, what rejects it whole, and what is no line at all; each with its reason."""

import pytest

from bot.rules.metrics.importing.reading.reading import Reader
from bot.rules.metrics.importing.reading.rejecting import WHY, WORDS, Left, Reason, Why
from bot.rules.metrics.store.facts import SCALE
from tests.rules.metrics.lines import proposed, read, rows, taken

DAY = "2023-04-13"


@pytest.mark.parametrize(
    ("header", "cell", "reason"),
    [
        ("Talk time (s)", "-5", Reason.NEGATIVE),
        ("CSAT", "7", Reason.OFF_THE_SCALE),
        ("CSAT", "0", Reason.OFF_THE_SCALE),
        ("NPS", "11", Reason.OFF_THE_SCALE),
        ("CES", "8", Reason.OFF_THE_SCALE),
        ("QA score", "101", Reason.OFF_THE_SCALE),
        ("First reply time (min)", "-3", Reason.NEGATIVE),
        ("First response at", "2023-04-12 10:00", Reason.BEFORE_CREATION),
    ],
)
def test_what_cannot_be_is_left_out_and_the_line_counts(
    header: str, cell: str, reason: Reason
) -> None:
    good = "2023-04-13 12:00" if "at" in header.split() else "5"
    found = taken(f"Date | Answered | {header} \n {DAY} 11:00 | Y | {cell} \n {DAY} 11:00 | Y | {good} \n {DAY} 11:00 | Y | 4")  # fmt: skip
    assert (found.remarks[0].row, found.remarks[0].header, found.remarks[0].value) == (
        2,
        header,
        cell,
    )
    assert found.remarks[0].reason is reason
    assert found.facts[0].sums == {
        "contacts": SCALE,
        "queued": SCALE,
        "answered": SCALE,
        "abandoned": 0,
    }
    assert found.facts[0].samples == {}


@pytest.mark.parametrize(
    ("header", "cell", "reason"),
    [
        ("Answered", "maybe", Reason.NOT_YES_OR_NO),
        ("Talk time (s)", "soon", Reason.NOT_A_LENGTH),
        ("CSAT", "lovely", Reason.NOT_A_RATING),
        ("NPS", "lovely", Reason.NOT_A_NUMBER),
        ("Time", "25:00", Reason.NOT_A_TIME),
        ("SLA met", "somewhat", Reason.NOT_AN_OUTCOME),
        ("Created", "yesterday", Reason.NOT_A_MOMENT),
        ("Created", "", Reason.NO_DAY),
        ("Id", "", Reason.NO_KEY),
        ("Talk time (s)", "9" * 20, Reason.TOO_LARGE),
        ("Solved at", "never", Reason.NOT_A_MOMENT),
    ],
)
def test_what_is_no_such_thing_rejects_its_whole_line(
    header: str, cell: str, reason: Reason
) -> None:
    good = {"Answered": "Y", "Talk time (s)": "0:01", "SLA met": "Y", "Time": "10:00", "CSAT": "5", "NPS": "9"}  # fmt: skip
    columns = dict.fromkeys(("Id", "Created", "Wait (s)", header), "7")
    columns |= {"Created": DAY, header: good.get(header, DAY)}
    bad = {**columns, header: cell}
    lines = [columns, columns, bad, columns]
    table = [list(columns), *([*line.values()] for line in lines)]
    found = read(table, proposed(table).mapping)
    assert len(found.facts) == 3
    assert [(one.row, one.header, one.value, one.reason) for one in found.rejects] == [
        (4, header, cell, reason)
    ]


def test_a_line_with_more_cells_than_the_header_is_rejected_and_a_shorter_one_is_not() -> None:
    table = rows("Date | Answered | Agent")
    table += [[DAY, "Y", "Ann", "more"], [DAY, "Y", "Ann", ""], [DAY, "Y"]]
    found = read(table, proposed(table).mapping)
    assert [(one.row, one.header, one.value, one.reason) for one in found.rejects] == [
        (2, "", "more", Reason.EXTRA_CELLS)
    ]
    assert [one.person for one in found.facts] == ["Ann", ""]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["", "", "", ""], Why.BLANK),
        (["-", "?", "n/a", " "], Why.BLANK),
        (["Total", "", "", "99"], Why.TOTAL),
        (["Grand Total", "", "", "99"], Why.TOTAL),
        ([DAY, "Subtotal", "", "99"], Why.TOTAL),
        ([DAY, "Σύνολο:", "", "99"], Why.TOTAL),
        (["Итого", "", "", "99"], Why.TOTAL),
        (["Summe", "", "", "99"], Why.TOTAL),
        (["Date", "Agent", "Answered", "Talk time (s)"], Why.HEADER),
    ],
)
def test_what_is_no_line_is_left_out_on_purpose(cells: list[str], why: Why) -> None:
    table = [["Date", "Agent", "Answered", "Talk time (s)"], *[[DAY, "Ann", "Y", "60"]] * 3]
    mapping = proposed(table).mapping
    assert read([*table, cells], mapping).left == [Left(5, why)]


def test_a_long_comment_in_a_bad_cell_is_cut_where_it_is_shown() -> None:
    table = rows(f"Date | Answered \n {DAY} | Y \n {DAY} | N")
    found = read([*table, [DAY, "no " * 60]], proposed(table).mapping)
    assert len(found.rejects[0].value) == 80


def test_every_reason_has_words() -> None:
    assert set(WORDS) == set(Reason)
    assert set(WHY) == set(Why)


def test_a_mapping_with_problems_is_not_read_by() -> None:
    mapping = proposed(rows("Agent | Answered \n Ann | Y")).mapping
    with pytest.raises(ValueError):
        Reader(mapping, digest="x")
