"""Exports as the programs of help desks and exchanges head them: what their columns are taken for, and what comes of it."""

import pytest

from bot.rules.metrics.importing.words.headers import Source
from tests.rules.metrics.lines import proposed, rows, said, taken

PROGRAMS = {
    "cases with a column for closed ones": (
        """
        Case Number | Case Owner | Date/Time Opened | Date/Time Closed | Closed | Status | First Response Time (min)
        00001 | Ann | 2/13/2024 9:00 AM | 2/14/2024 9:00 AM | 1 | Closed | 30
        00002 | Bo | 2/15/2024 9:00 AM | | 0 | Working | 60
        """,
        ("Case Number=key Case Owner=person Date/Time Opened=day Date/Time Closed=resolved_at Closed=resolved Status=status"
         " First Response Time (min)=first_response"),
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1},
    ),
    "contacts with skills and media": (
        """
        Contact ID | Media Type Name | Team Name | Agent Name | Contact Start Date | In Queue Time (s) | Active Talk Time (s) | Abandoned | Service Level Flag
        1 | Call | T1 | Ann | 2/13/2024 9:00:00 AM | 12 | 240 | False | 1
        2 | Call | T1 | | 2/14/2024 9:00:00 AM | 62 | 0 | True | 0
        """,
        ("Contact ID=key Media Type Name=channel Team Name=team Agent Name=person Contact Start Date=day In Queue Time (s)=wait"
         " Active Talk Time (s)=talk Abandoned=abandoned Service Level Flag=in_time"),
        {
            "contacts": 2, "queued": 2, "answered": 1, "abandoned": 1, "in_time": 1, "offered_timed": 2, "wait_seconds": 12,
            "handled": 1, "talk_seconds": 240,
        },
    ),
    "records of contacts": (
        """
        ContactId | InitiationTimestamp | DisconnectTimestamp | Queue | AgentUsername | AgentInteractionDuration (s) | CustomerHoldDuration (s) | AfterContactWorkDuration (s)
        a1 | 2024-02-13T09:00:00Z | 2024-02-13T09:05:00Z | Billing | ann | 240 | 10 | 30
        a2 | 2024-02-14T09:00:00Z | 2024-02-14T09:01:00Z | Billing | | | |
        """,
        ("ContactId=key InitiationTimestamp=day Queue=team AgentUsername=person AgentInteractionDuration (s)=talk"
         " CustomerHoldDuration (s)=hold AfterContactWorkDuration (s)=wrap"),
        {"contacts": 2, "handled": 1, "talk_seconds": 240, "hold_seconds": 10, "wrap_seconds": 30},
    ),
    "chats that wait, are answered and solved": (
        """
        Conversation # | Created At | Assigned Agent | Status | First Response Time(in secs) | Wait Time(in secs) | Resolved At
        1 | 2024-02-13 09:00:00 | Ann | Resolved | 30 | 20 | 2024-02-13 09:10:00
        2 | 2024-02-14 09:00:00 | Bo | New | | |
        """,
        ("Conversation #=key Created At=day Assigned Agent=person Status=status First Response Time(in secs)=first_response"
         " Resolved At=resolved_at"),
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1},
    ),
    "columns of one's own": (
        """
        Issue key | Status | Assignee | Created | Resolved | Custom field (Time to first response) | Custom field (Satisfaction rating)
        SD-1 | Done | Ann | 01/Feb/24 10:00 AM | 02/Feb/24 11:00 AM | 2h 5m | 5
        SD-2 | Waiting for customer | Bo | 14/Feb/24 9:00 AM | | 30m |
        """,
        ("Issue key=key Status=status Assignee=person Created=day Resolved=resolved_at"
         " Custom field (Time to first response)=first_response Custom field (Satisfaction rating)=rating"),
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1, "ratings": 1, "ratings_good": 1, "rating_points": 5},
    ),
    "what rings and what is talked": (
        """
        Call Time | Caller ID | Status | Ringing | Talking
        2024-02-13 09:00:00 | 100 | Answered | 00:00:12 | 00:04:00
        2024-02-14 09:00:00 | 100 | Unanswered | 00:00:30 |
        """,
        "Call Time=day Status=status Ringing=wait Talking=talk",
        {"contacts": 2, "queued": 2, "answered": 1, "abandoned": 1, "wait_seconds": 12, "handled": 1, "talk_seconds": 240},
    ),
    "violations by their kind": (
        """
        Ticket Id | Ticket Owner | Created Time (Ticket) | Ticket Closed Time | Number of Reopen | SLA Violation Type
        101 | Ann | 13/02/2024 09:00 AM | 14/02/2024 10:00 AM | 0 | Not Violated
        102 | Bo | 14/02/2024 09:00 AM | | 1 | Resolution Violation
        """,
        ("Ticket Id=key Ticket Owner=person Created Time (Ticket)=day Ticket Closed Time=resolved_at Number of Reopen=reopens"
         " SLA Violation Type=target"),
        {
            "contacts": 2, "created": 2, "cancelled": 0, "resolved": 1, "reopened": 1, "reopened_before": 1, "targets_met": 1,
            "targets_breached": 1,
        },
    ),
}  # fmt: skip
INTERVALS = """
CSQ Name | Interval Start Time | Interval End Time | Calls Presented | Calls Handled | Avg Handle Time
Billing | 2/13/2024 9:00:00 AM | 2/13/2024 9:30:00 AM | 100 | 90 | 00:04:30
Billing | 2/14/2024 9:00:00 AM | 2/14/2024 9:30:00 AM | 80 | 80 | 00:04:30
"""


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_a_program_writes_is_known(name: str) -> None:
    text, columns, sums = PROGRAMS[name]
    mapping = proposed(rows(text)).mapping
    assert said(mapping) == columns
    assert mapping.problems() == []
    assert taken(text).sums == sums


def test_an_interval_alone_is_of_no_program() -> None:
    mapping = proposed(rows(INTERVALS)).mapping
    assert mapping.source is Source.FREE
    assert said(mapping) == (
        "CSQ Name=team Interval Start Time=day Calls Presented=contacts Calls Handled=handled Avg Handle Time=mean_handle"
    )
