"""Headers of real helpdesk and contact-centre exports with lines made up below them: each is known, and read as it means."""

import json
from typing import Any

import pytest

from bot.rules.metrics.importing.asking.questions import Asks
from bot.rules.metrics.importing.mapping import Keys, Lines
from bot.rules.metrics.importing.recognising.roles import Role
from bot.rules.metrics.importing.words.headers import Source
from tests.rules.metrics.lines import Read, Rows, proposed, read
from tests.rules.metrics.real.folder import needed, opened
from tests.rules.metrics.real.shown import median


def headers_of(*path: str) -> list[str]:
    found: Any = json.loads(needed("export_headers/headers.json").read_text())
    for step in path:
        found = found[step]
    return list(found)


def lines(headers: list[str], *made_up: dict[str, str]) -> Rows:
    """A table with these cells; the others are empty."""
    assert all(one.keys() <= set(headers) for one in made_up)
    return [headers, *([one.get(header, "") for header in headers] for one in made_up)]


ZENDESK = (
    {
        "Id": "101", "Assignee": "Ann", "Group": "Support", "Status": "Solved", "Priority": "High", "Via": "Mail",
        "Ticket type": "Question", "Created at": "2023-05-01 09:15", "Updated at": "2023-05-02 10:00", "Solved at": "2023-05-02 10:00",
        "Resolution time": "25", "Satisfaction Score": "Good", "Reopens": "0", "First reply time in minutes": "12",
        "First reply time in minutes within business hours": "2", "Full resolution time in minutes": "1485", "On hold time in minutes": "3",
    },
    {
        "Id": "102", "Assignee": "Bo", "Status": "Open", "Via": "Web form", "Created at": "2023-05-03 09:15", "Updated at": "2023-05-03 10:00",
        "Satisfaction Score": "Offered", "Reopens": "2", "First reply time in minutes": "30",
    },
    {
        "Id": "103", "Assignee": "Bo", "Status": "Closed", "Via": "Web form", "Created at": "2023-05-03 19:15", "Updated at": "2023-05-03 21:00",
        "Solved at": "2023-05-03 20:15", "Satisfaction Score": "Bad", "Reopens": "0", "First reply time in minutes": "5",
        "Full resolution time in minutes": "60",
    },
)  # fmt: skip
FRESHDESK = (
    {
        "Ticket ID": "1", "Status": "Closed", "Priority": "Low", "Source": "Email", "Type": "Question", "Agent": "Ann", "Group": "EU",
        "Created time": "2023-05-01 09:15:00", "Resolved time": "2023-05-02 09:15:00", "Closed time": "2023-05-04 09:15:00",
        "Last update time": "2023-05-04 09:15:00", "Initial response time": "2023-05-01 10:15:00", "First response time (in hrs)": "01:00:00",
        "Resolution time (in hrs)": "24:00:00", "Resolution status": "Within SLA", "First response status": "SLA Violated",
        "Survey results": "Extremely happy",
    },
    {
        "Ticket ID": "2", "Status": "Open", "Priority": "Low", "Source": "Phone", "Agent": "Bo", "Created time": "2023-05-01 09:15:00",
        "Last update time": "2023-05-04 09:15:00", "Initial response time": "2023-05-01 09:45:00", "Resolution status": "SLA Violated",
        "Survey results": "Neutral",
    },
    {
        "Ticket ID": "3", "Status": "Resolved", "Priority": "Low", "Source": "Phone", "Agent": "Bo", "Created time": "2023-05-01 09:15:00",
        "Resolved time": "2023-05-01 10:15:00", "Last update time": "2023-05-04 09:15:00", "Initial response time": "2023-05-01 09:10:00",
        "Resolution status": "Within SLA", "First response status": "Within SLA",
    },
)  # fmt: skip
FRESHSERVICE = {
    "Ticket Id": "1", "Status": "Closed", "Urgency": "Low", "Impact": "Low", "Priority": "Low", "Source": "Email", "Type": "Incident",
    "Category": "Hardware", "Sub-Category": "Mouse", "Agent": "Ann", "Group": "EU", "Created Time": "01/05/2023 09:15",
    "Resolved Time": "02/05/2023 09:15", "Closed Time": "02/05/2023 09:15", "Last Updated Time": "02/05/2023 09:15",
    "Initial Response Time": "01/05/2023 10:15", "First Response Time (in Hrs)": "1.5", "Resolution Time (in Hrs)": "24",
    "Resolution Status": "Within SLA", "First Response Status": "Within SLA", "Survey Result": "Happy", "Requester VIP": "No",
}  # fmt: skip
GENESYS = (
    {
        "Interval Start": "5/1/23 9:00 AM", "Interval End": "5/1/23 9:30 AM", "Interval Complete": "TRUE", "Media Type": "voice",
        "Agent Id": "a1", "Agent Name": "Ann", "Handle": "4", "Avg Handle": "305000", "Avg Talk": "250000", "Total Handle": "1220000",
        "Total Talk": "1000000", "Total Hold": "20000", "Total ACW": "200000",
    },
    {
        "Interval Start": "5/1/23 9:30 AM", "Interval End": "5/1/23 10:00 AM", "Interval Complete": "FALSE", "Media Type": "voice",
        "Agent Id": "a1", "Agent Name": "Ann", "Handle": "4", "Total Talk": "1000000",
    },
    {
        "Interval Start": "5/13/23 9:30 AM", "Interval End": "5/13/23 10:00 AM", "Interval Complete": "TRUE", "Media Type": "voice",
        "Agent Id": "b2", "Agent Name": "Bo", "Handle": "2", "Total Handle": "0:20:00", "Total Talk": "0:18:00",
    },
)  # fmt: skip


def known(table: Rows) -> tuple[Source, Lines, Keys, set[Asks], Read]:
    proposal = proposed(table)
    mapping = proposal.mapping
    assert mapping.problems() == []
    asked = {one.asks for one in proposal.questions}
    return mapping.source, mapping.lines, mapping.keys, asked, read(table, mapping)


def test_zendesk() -> None:
    source, lines_, keys, asked, found = known(
        lines(headers_of("zendesk_views_csv_export_legacy", "columns"), *ZENDESK)
    )
    assert (source, lines_, keys, asked) == (Source.ZENDESK, Lines.TICKETS, Keys.COLUMN, set())
    assert found.sums == {
        "contacts": 3, "created": 3, "resolved": 2, "cancelled": 0, "reopened": 1, "reopened_before": 1,
        "ratings": 2, "ratings_good": 1, "rating_points": 6,
    }  # fmt: skip
    assert median(found.bundle, "first_response") == 12 * 60
    assert median(found.bundle, "full_resolution") == (1485 + 60) / 2 * 60
    first = found.facts[0]
    assert (first.person, first.team, first.channel, first.topic) == (
        "Ann",
        "Support",
        "Mail",
        "Question",
    )
    assert (first.key, first.updated, first.labels) == (
        "101",
        "2023-05-02T10:00:00.000000",
        {"Priority": "High"},
    )


def test_freshdesk_with_both_targets_and_lengths_from_moments_where_they_are_missing() -> None:
    source, lines_, keys, asked, found = known(
        lines(headers_of("freshdesk_tickets_csv_export", "columns"), *FRESHDESK)
    )
    assert (source, lines_, keys, asked) == (Source.FRESHDESK, Lines.TICKETS, Keys.COLUMN, set())
    assert found.sums == {
        "contacts": 3, "created": 3, "resolved": 2, "cancelled": 0, "targets_met": 3, "targets_breached": 2,
        "ratings": 2, "ratings_good": 1, "rating_points": 8,
    }  # fmt: skip
    samples = [one.samples.get("first_response") for one in found.facts]
    assert samples == [(3_600_000,), (1_800_000,), None]
    assert [(one.row, one.header) for one in found.remarks] == [(4, "Initial response time")]
    assert found.facts[2].samples["full_resolution"] == (3_600_000,)


def test_freshservice_whose_days_must_be_asked_about_once() -> None:
    table = lines(headers_of("freshservice_tickets_csv_export", "columns"), FRESHSERVICE)
    source, lines_, keys, asked, found = known(table)
    assert (source, lines_, keys, asked) == (Source.FRESHSERVICE, Lines.TICKETS, Keys.COLUMN, {Asks.ORDER})  # fmt: skip
    assert len(proposed(table).questions) == 1
    assert found.facts[0].samples["first_response"] == (5_400_000,)
    assert found.sums["rating_points"] == 4


def test_genesys_performance_adds_totals_and_leaves_out_what_is_not_over() -> None:
    source, lines_, keys, asked, found = known(
        lines(headers_of("genesys_cloud_view_exports", "columns", "agents_performance"), *GENESYS)
    )
    assert (source, lines_, keys, asked) == (Source.GENESYS, Lines.TOTALS, Keys.DIMENSIONS, {Asks.UNIT})  # fmt: skip
    assert [one.row for one in found.left] == [3]
    assert found.sums == {
        "handled": 6, "talk_seconds": 2080, "hold_seconds": 20, "wrap_seconds": 200 + 120,
    }  # fmt: skip
    assert [one.day.isoformat() for one in found.facts] == ["2023-05-01", "2023-05-13"]
    assert found.bundle.samples == {}


def test_genesys_status_is_what_occupancy_is_made_of() -> None:
    made_up = {
        "Interval Start": "2023-05-01 09:00", "Interval Complete": "TRUE", "Agent Name": "Ann", "Logged In": "1800000",
        "On Queue": "1500000", "Idle": "300000", "Off Queue": "300000", "Interacting": "1200000",
    }  # fmt: skip
    source, lines_, _keys, asked, found = known(
        lines(headers_of("genesys_cloud_view_exports", "columns", "agents_status"), made_up)
    )
    assert (source, lines_, asked) == (Source.GENESYS, Lines.TOTALS, {Asks.UNIT})
    assert found.sums == {"ready_seconds": 300, "busy_seconds": 1200}


def test_genesys_interactions_count_one_each() -> None:
    made_up = {"Users": "Ann", "Date": "5/14/23 9:01 AM", "Initial Direction": "Inbound", "First Queue": "Billing"}  # fmt: skip
    source, lines_, keys, asked, found = known(
        lines(headers_of("genesys_cloud_view_exports", "columns", "interactions"), made_up)
    )
    assert (source, lines_, keys, asked) == (Source.GENESYS, Lines.CALLS, Keys.PLACE, {Asks.KEY})
    assert found.sums == {"contacts": 1}
    assert (found.facts[0].person, found.facts[0].team) == ("Ann", "Billing")


def test_ringcentral_counters_laid_out_as_columns() -> None:
    counters = headers_of("ringcentral_call_performance_api", "counters")
    assert "callsByResponse(answered/notAnswered/connected/notConnected)" in counters
    made_up = {
        "Name": "Ann", "Date": "2023-05-01", "allCalls": "10", "callsByResponse.answered": "8", "callsByResult.abandoned": "2",
        "callsByQueueSla.inSla": "7", "callsByQueueSla.outOfSla": "3", "callsSegments.transfers": "1",
        "allCallsDuration": "4000", "callsSegmentsDuration.liveTalk": "3000", "callsSegmentsDuration.holds": "100",
    }  # fmt: skip
    source, lines_, keys, asked, found = known(lines(list(made_up), made_up))
    assert (source, lines_, keys, asked) == (Source.RINGCENTRAL, Lines.TOTALS, Keys.DIMENSIONS, {Asks.UNIT})  # fmt: skip
    assert found.facts[0].person == "Ann"
    assert found.sums == {
        "contacts": 10, "queued": 10, "answered": 8, "abandoned": 2, "in_time": 7, "offered_timed": 10, "transferred": 1, "handled": 8,
        "talk_seconds": 3000, "hold_seconds": 100,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        (
            "hubspot_dbt_seed/ticket_data.excerpt.csv",
            {
                "id": Role.KEY, "property_createdate": Role.DAY, "property_closed_date": Role.RESOLVED_AT,
                "property_first_agent_reply_date": Role.FIRST_RESPONSE_AT, "property_hubspot_owner_id": Role.PERSON,
                "property_hs_ticket_category": Role.TOPIC,
            },
        ),
        (
            "intercom_dbt_seed/conversation_history_data.csv",
            {
                "id": Role.KEY, "created_at": Role.DAY, "updated_at": Role.UPDATED, "assignee_id": Role.PERSON, "state": Role.STATUS,
                "conversation_rating_value": Role.RATING, "sla_status": Role.TARGET, "source_type": Role.CHANNEL,
            },
        ),
        (
            "zendesk_dbt_seeds/ticket_data.csv",
            {
                "id": Role.KEY, "created_at": Role.DAY, "updated_at": Role.UPDATED, "assignee_id": Role.PERSON, "group_id": Role.TEAM,
                "status": Role.STATUS, "type": Role.TOPIC, "via_channel": Role.CHANNEL,
            },
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_tables_of_helpdesks(path: str, roles: dict[str, Role]) -> None:
    table = opened(f"helpdesk_api/{path}")
    mapping = proposed(table).mapping
    assert {one.header: one.use.role for one in mapping.columns if one.use.role} == roles
    assert (mapping.lines, mapping.problems()) == (Lines.TICKETS, [])
    found = read(table, mapping)
    assert (len(found.facts), found.rejects, found.left) == (len(table) - 1, [], [])


@pytest.mark.parametrize("path", ["zendesk_dbt_seeds/user_data.csv", "zendesk_dbt_seeds/ticket_chat_data.csv"])  # fmt: skip
def test_a_table_that_counts_nothing_is_asked_about(path: str) -> None:
    asked = {one.asks for one in proposed(opened(f"helpdesk_api/{path}")).questions}
    assert Asks.LINES in asked
