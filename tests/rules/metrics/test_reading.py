"""Lines of exports and the parts that they give, one table per kind of line; and what is left out, with its reason."""

from datetime import UTC, date, datetime
from itertools import pairwise
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.metrics.bundles import Bundle, together
from bot.rules.metrics.facts import LONGEST_KEY, SCALE, Fact
from bot.rules.metrics.mapping import Keys, Mapping, Use
from bot.rules.metrics.parts import BY_KEY as PARTS
from bot.rules.metrics.parts import Way
from bot.rules.metrics.reading import Reader
from bot.rules.metrics.rejecting import WHY, WORDS, Left, Reason, Why
from bot.rules.metrics.roles import Role
from tests.rules.metrics.lines import Rows, proposed, read, rows, taken

DAY = "2023-04-13"


def one(headers: str, cells: str) -> tuple[dict[str, float], dict[str, float]]:
    """The sums and the samples of a single line of that day, in their own units."""
    found = taken(f"Id | Date | {headers} \n 1 | {DAY} | {cells} \n 2 | {DAY} | {blank(headers)}")
    fact = found.facts[0]
    assert {*fact.sums, *fact.samples} <= PARTS.keys()
    return (
        {part: amount / SCALE for part, amount in fact.sums.items()},
        {part: values[0] / SCALE for part, values in fact.samples.items()},
    )


def blank(headers: str) -> str:
    return " | ".join("" for _one in headers.split("|"))


@pytest.mark.parametrize(
    ("headers", "cells", "sums", "samples"),
    [
        ("Answered", "Y", "contacts 1 answered 1 abandoned 0", ""),
        ("Answered", "N", "contacts 1 answered 0 abandoned 1", ""),
        ("Abandoned", "Y", "contacts 1 answered 0 abandoned 1", ""),
        ("Abandoned", "0", "contacts 1 answered 1 abandoned 0", ""),
        ("Answered | Abandoned", "N | N", "contacts 1 answered 0 abandoned 0", ""),
        ("Answered | Wait (s)", "Y | 7", "contacts 1 answered 1 abandoned 0 wait_seconds 7", "wait 7"),
        ("Answered | Wait (s)", "N | 7", "contacts 1 answered 0 abandoned 1", ""),
        ("Wait (s)", "7", "contacts 1 answered 1 wait_seconds 7", "wait 7"),
        ("Wait (s) | Talk time (s)", "7 | 0", "contacts 1", ""),
        ("Wait (s) | Talk time (s)", "7 | 9", "contacts 1 answered 1 wait_seconds 7 handled 1 talk_seconds 9", "wait 7 talk 9 handle 9"),
        ("Talk time (s) | Hold (s) | ACW (s)", "60 | 5 | 10", "contacts 1 handled 1 talk_seconds 60 hold_seconds 5 wrap_seconds 10", "talk 60 handle 75"),
        ("Handle time (s)", "75", "contacts 1 handled 1 talk_seconds 75", "handle 75"),
        ("Handle time (s)", "0", "contacts 1 handled 1 talk_seconds 0", "handle 0"),
        ("Talk time (s)", "0", "contacts 1", ""),
        ("Talk time (s) | Handle time (s)", "60 | 75", "contacts 1 handled 1 talk_seconds 60 wrap_seconds 15", "talk 60 handle 75"),
        ("Hold (s) | Handle time (s)", "5 | 75", "contacts 1 handled 1 talk_seconds 70 hold_seconds 5", "handle 75"),
        ("Avg talk time (s)", "60", "contacts 1 handled 1 talk_seconds 60", "talk 60 handle 60"),
        ("Status | Wait (s)", "Answered | 7", "contacts 1 answered 1 abandoned 0 wait_seconds 7", "wait 7"),
        ("Status | Wait (s)", "Missed | 7", "contacts 1 answered 0 abandoned 1", ""),
        ("Answered | Inside service level? | Transfers", "Y | TRUE | 3", "contacts 1 answered 1 abandoned 0 in_time 1 transferred 1", ""),
        ("Answered | Resolved", "Y | N", "contacts 1 answered 1 abandoned 0 resolved 0", ""),
        ("Answered | FCR", "Y | Y", "contacts 1 answered 1 abandoned 0 issues 1 issues_once 1", ""),
    ],
)  # fmt: skip
def test_a_call(headers: str, cells: str, sums: str, samples: str) -> None:
    assert one(headers, cells) == (parts(sums), parts(samples))


def parts(text: str) -> dict[str, float]:
    words = text.split()
    return {name: float(value) for name, value in pairwise(words) if not name[0].isdigit()}


OPENED = "contacts 1 created 1 cancelled 0 "


@pytest.mark.parametrize(
    ("headers", "cells", "sums", "samples"),
    [
        ("Status", "Open", OPENED + "resolved 0", ""),
        ("Status", "Solved", OPENED + "resolved 1", ""),
        ("Status", "Deleted", "contacts 1 created 1 cancelled 1 resolved 0", ""),
        ("Status | Solved at", f"Open | {DAY}", OPENED + "resolved 0", ""),
        ("Status | Solved at", f"Archived | {DAY}", OPENED + "resolved 1", ""),
        ("Status | Full resolution time (hrs)", "Solved | 2", OPENED + "resolved 1", "full_resolution 7200"),
        ("Status | Full resolution time (hrs)", "Open | 2", OPENED + "resolved 0", ""),
        ("Resolved | Reopens", "Y | 2", OPENED + "resolved 1 reopened 1", ""),
        ("Resolved | Reopens", "N | 0", OPENED + "resolved 0 reopened 0", ""),
        ("First reply time (min)", "2", "contacts 1", "first_response 120"),
        ("Next reply time (min)", "2", "contacts 1", "next_reply 120"),
        ("Status | First resolution time (min)", "Solved | 2", OPENED + "resolved 1", "first_resolution 120"),
        ("Resolution status | First response status", "Within SLA | SLA Violated", "contacts 1 targets_met 1 targets_breached 1", ""),
        ("SLA breached", "Y", "contacts 1 targets_met 0 targets_breached 1", ""),
        ("SLA met", "Y", "contacts 1 targets_met 1 targets_breached 0", ""),
        ("SLA status | Status", "active | Open", OPENED + "resolved 0", ""),
    ],
)  # fmt: skip
def test_a_ticket(headers: str, cells: str, sums: str, samples: str) -> None:
    assert one(headers, cells) == (parts(sums), parts(samples))


@pytest.mark.parametrize(
    ("headers", "cells", "sums"),
    [
        ("CSAT", "5", "ratings 1 ratings_good 1 rating_points 5"),
        ("CSAT", "4", "ratings 1 ratings_good 1 rating_points 4"),
        ("CSAT", "3", "ratings 1 ratings_good 0 rating_points 3"),
        ("CSAT", "4.5", "ratings 1 ratings_good 1 rating_points 4.5"),
        ("CSAT", "Good", "ratings 1 ratings_good 1 rating_points 5"),
        ("CSAT", "Bad", "ratings 1 ratings_good 0 rating_points 1"),
        ("CSAT", "Extremely unhappy", "ratings 1 ratings_good 0 rating_points 1"),
        ("CSAT", "3 - Neutral", "ratings 1 ratings_good 0 rating_points 3"),
        ("CSAT", "4/5", "ratings 1 ratings_good 1 rating_points 4"),
        ("CSAT", "2 stars", "ratings 1 ratings_good 0 rating_points 2"),
        ("CSAT", "Offered", ""),
        ("NPS", "10", "recommendations 1 promoters 1 detractors 0"),
        ("NPS", "9", "recommendations 1 promoters 1 detractors 0"),
        ("NPS", "8", "recommendations 1 promoters 0 detractors 0"),
        ("NPS", "6", "recommendations 1 promoters 0 detractors 1"),
        ("NPS", "0", "recommendations 1 promoters 0 detractors 1"),
        ("CES", "7", "efforts 1 effort_points 7"),
        ("QA score", "92.5", "reviews 1 review_points 92.5"),
    ],
)
def test_an_answer_or_a_review_counts_no_contact(headers: str, cells: str, sums: str) -> None:
    assert one(headers, cells) == (parts(sums), {})


@pytest.mark.parametrize(
    ("headers", "cells", "sums"),
    [
        ("Calls | Answered | Abandoned", "9 | 7 | 2", "contacts 9 answered 7 abandoned 2"),
        ("Calls | Abandoned", "9 | 2", "contacts 9 answered 7 abandoned 2"),
        ("Answered | Abandoned", "7 | 2", "contacts 9 answered 7 abandoned 2"),
        ("Calls | Answered", "9 | 7", "contacts 9 answered 7"),
        ("Handled | Avg talk time (s)", "7 | 10.5", "handled 7 talk_seconds 73.5"),
        ("Answered | AHT (s)", "7 | 10", "answered 7 handled 7 talk_seconds 70"),
        ("Calls | Answered | ASA (s)", "9 | 7 | 3", "contacts 9 answered 7 wait_seconds 21"),
        ("Handled | Total talk time (s) | Avg hold (s)", "7 | 70 | 2", "handled 7 talk_seconds 70 hold_seconds 14"),
        ("Calls | Service level", "9 | 50%", "contacts 9 in_time 4.5"),
        ("Calls | In time", "9 | 5", "contacts 9 in_time 5"),
        ("Handled | Talk (s) | Idle (s)", "7 | 70 | 30", "handled 7 talk_seconds 70 busy_seconds 70 ready_seconds 30"),
        ("Tickets | Solved tickets | Reopened tickets", "9 | 7 | 2", "contacts 9 resolved 7 reopened 2"),
        ("Ratings | Good ratings", "9 | 7", "ratings 9 ratings_good 7"),
    ],
)  # fmt: skip
def test_many_contacts_in_a_line_are_added_and_means_multiplied(
    headers: str, cells: str, sums: str
) -> None:
    assert one(headers, cells) == (parts(sums), {})


def test_a_mean_on_a_line_that_does_not_say_of_how_many() -> None:
    found = taken("Date | Agent | Calls | AHT (s) \n 2023-04-13 | Ann | | 300 \n 2023-04-13 | Bo | 2 | 30")  # fmt: skip
    assert found.sums == {"contacts": 2, "handled": 2, "talk_seconds": 60}
    assert [(one.row, one.header, one.reason) for one in found.remarks] == [
        (2, "AHT (s)", Reason.MEAN_WITHOUT_COUNT)
    ]


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
    assert found.facts[0].sums == {"contacts": SCALE, "answered": SCALE, "abandoned": 0}
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


# When


@pytest.mark.parametrize(
    ("text", "zone", "at", "day", "hour"),
    [
        ("Date | Answered \n 2023-04-13 | Y", "Europe/Athens", datetime(2023, 4, 12, 21, tzinfo=UTC), date(2023, 4, 13), None),
        ("Date | Time | Answered \n 2023-04-13 | 9:30 | Y", "Europe/Athens", datetime(2023, 4, 13, 6, 30, tzinfo=UTC), date(2023, 4, 13), 9),
        ("Date | Time | Answered \n 2023-04-13 | 9:30 PM | Y", "UTC", datetime(2023, 4, 13, 21, 30, tzinfo=UTC), date(2023, 4, 13), 21),
        ("Date | Interval | Answered \n 2023-04-13 | 09:30 - 10:00 | Y", "UTC", datetime(2023, 4, 13, 9, 30, tzinfo=UTC), date(2023, 4, 13), 9),
        ("Date | Hour | Answered \n 2023-04-13 | 17 | Y", "UTC", datetime(2023, 4, 13, 17, tzinfo=UTC), date(2023, 4, 13), 17),
        ("Date | Time | Answered \n 2023-04-13 | 0.75 | Y", "UTC", datetime(2023, 4, 13, 18, tzinfo=UTC), date(2023, 4, 13), 18),
        ("Date | Time | Answered \n 2023-04-13 | | Y", "UTC", datetime(2023, 4, 13, tzinfo=UTC), date(2023, 4, 13), None),
        ("Created \n 2023-04-13T23:30:00", "Europe/Athens", datetime(2023, 4, 13, 20, 30, tzinfo=UTC), date(2023, 4, 13), 23),
        ("Created \n 2023-04-13T23:30:00Z", "Europe/Athens", datetime(2023, 4, 13, 23, 30, tzinfo=UTC), date(2023, 4, 14), 2),
        ("Created \n 2023-04-13 23:30:00.250 -05:00", "UTC", datetime(2023, 4, 14, 4, 30, 0, 250000, tzinfo=UTC), date(2023, 4, 14), 4),
        ("Created (UTC) \n 2023-04-13 23:30", "Europe/Athens", datetime(2023, 4, 13, 23, 30, tzinfo=UTC), date(2023, 4, 14), 2),
        ("Created \n 13.04.2023 00:00:01", "Asia/Kathmandu", datetime(2023, 4, 12, 18, 15, 1, tzinfo=UTC), date(2023, 4, 13), 0),
    ],
)  # fmt: skip
def test_when_it_happened(text: str, zone: str, at: datetime, day: date, hour: int | None) -> None:
    fact = taken(text, zone).facts[0]
    assert (fact.at, fact.day, fact.hour) == (at, day, hour)


@pytest.mark.parametrize(
    ("shown", "at", "hour", "reason"),
    [
        ("2023-03-26 02:59", datetime(2023, 3, 26, 0, 59, tzinfo=UTC), 2, None),
        ("2023-03-26 03:30", datetime(2023, 3, 26, 1, 0, tzinfo=UTC), 4, Reason.CLOCK_SKIPPED),
        ("2023-03-26 04:00", datetime(2023, 3, 26, 1, 0, tzinfo=UTC), 4, None),
        ("2023-10-29 03:30", datetime(2023, 10, 29, 0, 30, tzinfo=UTC), 3, Reason.CLOCK_TWICE),
        ("2023-10-29 04:00", datetime(2023, 10, 29, 2, 0, tzinfo=UTC), 4, None),
    ],
)
@pytest.mark.parametrize("is_split", [False, True])
def test_on_the_nights_when_clocks_change(
    shown: str, at: datetime, hour: int, reason: Reason | None, is_split: bool
) -> None:
    headers, cells = ("Date | Time", shown.replace(" ", " | ")) if is_split else ("Created", shown)
    found = taken(f"{headers} | Answered \n {cells} | Y", "Europe/Athens")
    assert (found.facts[0].at, found.facts[0].hour) == (at, hour)
    assert [one.reason for one in found.remarks] == ([reason] if reason else [])


def test_a_wait_over_the_change_is_as_long_as_it_was() -> None:
    found = taken("Created | First response at \n 2023-03-26 02:30 | 2023-03-26 04:30", "Europe/Athens")  # fmt: skip
    assert found.facts[0].samples == {"first_response": (3_600_000,)}


def test_days_without_times_say_nothing_of_how_long_an_answer_took() -> None:
    found = taken("Created | First response at \n 2023-03-26 02:30 | 2023-03-27")
    assert (found.facts[0].samples, found.remarks) == ({}, [])


# Who, and by what name


def test_names_are_as_they_are_written_but_for_spaces() -> None:
    found = taken(f"Date | Agent | Queue | Channel | Topic | Shift | Answered \n {DAY} | Ann \u00a0 Lee | EU | n/a | Bills | | Y")  # fmt: skip
    fact = found.facts[0]
    assert (fact.person, fact.team, fact.channel, fact.topic) == ("Ann Lee", "EU", "", "Bills")
    assert fact.labels == {}


def test_a_line_is_known_by_its_column() -> None:
    long = "x" * 300
    found = taken(f"Ticket ID | Date | Answered \n A-1 | {DAY} | Y \n {long} | {DAY} | Y")
    assert found.facts[0].key == "A-1"
    assert len(found.facts[1].key) <= LONGEST_KEY


def test_totals_are_known_by_what_they_are_of_wherever_they_stand() -> None:
    text = f"Date | Agent | Calls \n {DAY} | Ann | 7 \n {DAY} | Bo | 8 \n {DAY} | Ann | 9"
    table = rows(text)
    mapping = proposed(table).mapping
    assert mapping.keys is Keys.DIMENSIONS
    first, second, third = (one.key for one in read(table, mapping).facts)
    assert len({first, second, third}) == 3
    turned = [table[0], table[2], table[1]]
    assert [one.key for one in read(turned, mapping, "another").facts] == [second, first]


def test_a_line_without_a_name_is_known_by_its_file_and_place() -> None:
    table = rows(f"Date | Answered \n {DAY} | Y \n {DAY} | Y")
    keys = [one.key for one in read(table, proposed(table).mapping, "ab12").facts]
    assert keys == ["ab12:2", "ab12:3"]


def test_what_was_updated_later_sorts_later() -> None:
    text = "Id | Created | Updated at \n 1 | {0} | 29/2/2016 01:16 \n 1 | {0} | 1/3/2016 09:00 \n 1 | {0} | 13/3/2016 08:00"  # fmt: skip
    updated = [one.updated for one in taken(text.format(DAY)).facts]
    assert updated == sorted(updated)
    counts = "Id | Created | Mod count \n 1 | {0} | 9 \n 1 | {0} | 10 \n 1 | {0} | 111"
    updated = [one.updated for one in taken(counts.format(DAY)).facts]
    assert updated == sorted(updated)
    assert taken(f"Id | Created | Answered \n 1 | {DAY} | Y").facts[0].updated == ""


def test_parts_and_labels_of_ones_own() -> None:
    table = rows(f"Date | Answered | Refund | Minutes on it | Shop \n {DAY} | Y | 12.50 | 0:03:00 | Athens \n {DAY} | N | | | Patras")  # fmt: skip
    mapping = proposed(table).mapping
    mapping = mapping.with_use(2, Use(part="refunded")).with_use(3, Use(part="effort_time", way=Way.SAMPLE))  # fmt: skip
    mapping = mapping.with_use(4, Use(label="Shop"))
    first, second = read(table, mapping).facts
    assert (first.sums["refunded"], first.samples["effort_time"]) == (12_500, (180_000,))
    assert ("refunded" in second.sums, second.labels) == (False, {"Shop": "Patras"})


# The same facts in any order and any files

AGENTS = ("Ann", "Bo", "Cleo")


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """Lines of calls, some of them wrong."""
    line = st.tuples(
        st.integers(1, 28).map(lambda day: f"2023-04-{day:02}"),
        st.sampled_from(AGENTS),
        st.sampled_from(["Y", "N", ""]),
        st.integers(-5, 500).map(str),
        st.sampled_from(["1", "2", "4", "5", "", "7", "what"]),
    )
    lines = draw(st.lists(line, max_size=30))
    headers = ["Call id", "Date", "Agent", "Answered", "Talk time (s)", "CSAT"]
    return [headers, *([f"C{number}", *one] for number, one in enumerate(lines))]


@given(tables(), st.integers(0, 2**32), st.integers(1, 5))
def test_any_order_and_any_split_into_files_gives_the_same_numbers(
    table: Rows, seed: int, files: int
) -> None:
    mapping = proposed([table[0], ["C0", DAY, "Ann", "Y", "60", "5"]]).mapping
    whole = read(table, mapping)
    lines = sorted(table[1:], key=lambda line: crc32(f"{seed}{line[0]}".encode()))
    found = [read([table[0], *lines[start::files]], mapping) for start in range(files)]
    bundles = [bundle for one in found for bundle in by_agent(one.facts)]
    assert together(bundles) == whole.bundle
    assert sum(len(one.rejects) for one in found) == len(whole.rejects)
    assert {one.key for part in found for one in part.facts} == {one.key for one in whole.facts}


def by_agent(facts: list[Fact]) -> list[Bundle]:
    bundles = {name: Bundle() for name in AGENTS}
    for one in facts:
        bundles[one.person].add(one)
    return list(bundles.values())


def test_a_mapping_with_problems_is_not_read_by() -> None:
    mapping = proposed(rows("Agent | Answered \n Ann | Y")).mapping
    with pytest.raises(ValueError):
        Reader(mapping, digest="x")


def test_a_role_may_be_two_columns_only_if_both_count() -> None:
    table = rows(f"Date | Agent | Helper | SLA met | Within SLA \n {DAY} | Ann | Bo | Y | N")
    mapping = proposed(table).mapping
    roles = [one.use.role for one in mapping.columns]
    assert roles == [Role.DAY, Role.PERSON, None, Role.TARGET, Role.TARGET]
    assert read(table, mapping).sums["targets_breached"] == 1
    twice = Mapping(mapping.source, "UTC", tuple(
        column if place != 2 else mapping.columns[1] for place, column in enumerate(mapping.columns)
    ))  # fmt: skip
    assert [one.wrong for one in twice.problems()] == ["two_for_one"]
