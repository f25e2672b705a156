"""Lines of exports and the parts that they give, one table per kind of line."""

from itertools import pairwise

import pytest

from bot.rules.metrics.importing.mapping import Mapping, Use
from bot.rules.metrics.importing.reading.rejecting import Reason
from bot.rules.metrics.importing.recognising.roles import Role
from bot.rules.metrics.store.facts import SCALE
from bot.rules.metrics.store.parts import BY_KEY as PARTS
from tests.rules.metrics.lines import proposed, read, rows, taken

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
        ("Answered", "Y", "contacts 1 queued 1 answered 1 abandoned 0", ""),
        ("Answered", "N", "contacts 1 queued 1 answered 0 abandoned 1", ""),
        ("Abandoned", "Y", "contacts 1 queued 1 answered 0 abandoned 1", ""),
        ("Abandoned", "0", "contacts 1 queued 1 answered 1 abandoned 0", ""),
        ("Answered | Abandoned", "N | N", "contacts 1 queued 1 answered 0 abandoned 0", ""),
        ("Answered | Wait (s)", "Y | 7", "contacts 1 queued 1 answered 1 abandoned 0 wait_seconds 7", "wait 7"),
        ("Answered | Wait (s)", "N | 7", "contacts 1 queued 1 answered 0 abandoned 1", ""),
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
        ("Status | Wait (s)", "Answered | 7", "contacts 1 queued 1 answered 1 abandoned 0 wait_seconds 7", "wait 7"),
        ("Status | Wait (s)", "Missed | 7", "contacts 1 queued 1 answered 0 abandoned 1", ""),
        ("Answered | Inside service level? | Transfers", "Y | TRUE | 3", "contacts 1 queued 1 answered 1 abandoned 0 in_time 1 offered_timed 1 transferred 1", ""),
        ("Answered | Resolved", "Y | N", "contacts 1 queued 1 answered 1 abandoned 0 resolved 0", ""),
        ("Answered | FCR", "Y | Y", "contacts 1 queued 1 answered 1 abandoned 0 issues 1 issues_once 1", ""),
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
        ("Resolved | Reopens", "Y | 2", OPENED + "resolved 1 reopened 1 reopened_before 1", ""),
        ("Resolved | Reopens", "N | 0", OPENED + "resolved 0 reopened 0 reopened_before 0", ""),
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
        ("Calls | Answered | Abandoned", "9 | 7 | 2", "contacts 9 queued 9 answered 7 abandoned 2"),
        ("Calls | Abandoned", "9 | 2", "contacts 9 queued 9 answered 7 abandoned 2"),
        ("Answered | Abandoned", "7 | 2", "contacts 9 queued 9 answered 7 abandoned 2"),
        ("Calls | Answered", "9 | 7", "contacts 9 answered 7"),
        ("Handled | Avg talk time (s)", "7 | 10.5", "handled 7 talk_seconds 73.5"),
        ("Answered | AHT (s)", "7 | 10", "answered 7 handled 7 talk_seconds 70"),
        ("Calls | Answered | ASA (s)", "9 | 7 | 3", "contacts 9 answered 7 wait_seconds 21"),
        ("Handled | Total talk time (s) | Avg hold (s)", "7 | 70 | 2", "handled 7 talk_seconds 70 hold_seconds 14"),
        ("Calls | Service level", "9 | 33%", "contacts 9 in_time 3 offered_timed 9"),
        ("Calls | In time", "9 | 5", "contacts 9 in_time 5 offered_timed 9"),
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


def test_parts_and_labels_of_ones_own() -> None:
    table = rows(f"Date | Answered | Refund | Minutes on it | Shop \n {DAY} | Y | 12.50 | 0:03:00 | Athens \n {DAY} | N | | | Patras")  # fmt: skip
    mapping = proposed(table).mapping
    mapping = mapping.with_use(2, Use(part="refunded")).with_use(3, Use(part="effort_time"))  # fmt: skip
    mapping = mapping.with_use(4, Use(label="Shop"))
    first, second = read(table, mapping).facts
    assert (first.sums["refunded"], first.sums["effort_time"]) == (12_500, 180_000)
    assert ("refunded" in second.sums, second.labels) == (False, {"Shop": "Patras"})


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
