"""What exports are taken for, by their headers and by their cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.metrics.importing.recognising.columns import Kind
from tests.rules.metrics.lines import columns, proposed, read, rows, said, taken

EXPORTS = {
    "calls with an outcome": (
        """
        Interaction Id | Call Type | Start Time | Talk Time | Wait Time | Hold Time | Abandon Time | Total Time | Agent Name | Ring Groups | Inside Service Level?
        a1 | inbound | 2023-05-01 09:15:00 | 00:04:00 | 00:00:10 | 00:00:00 | | 00:05:00 | Ann | sales | TRUE
        a2 | abandoned | 2023-05-14 09:15:00 | 00:00:00 | 00:00:50 | 00:00:00 | 00:00:50 | 00:00:50 | | sales | FALSE
        """,
        ("Interaction Id=key Call Type=status Start Time=day Talk Time=talk Wait Time=wait Hold Time=hold Agent Name=person"
        " Ring Groups=team Inside Service Level?=in_time"),
        {"contacts": 2, "queued": 2, "answered": 1, "abandoned": 1, "in_time": 1, "offered_timed": 2, "wait_seconds": 10, "handled": 1, "talk_seconds": 240, "hold_seconds": 0},
    ),
    "calls with work after them": (
        """
        CALL ID | TIMESTAMP | AGENT NAME | DISPOSITION | CALL TIME | QUEUE WAIT TIME | TALK TIME | AFTER CALL WORK TIME | ABANDONED | HANDLE TIME | SKILL | DATE | TIME | SERVICE LEVEL
        300 | Mon, 1 May 2023 09:15:00 | Ann | Fixed | 00:05:10 | 00:00:12 | 00:04:00 | 00:01:00 | 0 | 00:05:10 | Billing | 2023/05/01 | 09:15:00 | 1
        301 | Sun, 14 May 2023 10:15:00 | | No Answer | 00:00:30 | 00:00:12 | | | 1 | | Billing | 2023/05/14 | 10:15:00 | 0
        """,
        ("CALL ID=key TIMESTAMP=day AGENT NAME=person DISPOSITION=topic QUEUE WAIT TIME=wait TALK TIME=talk"
        " AFTER CALL WORK TIME=wrap ABANDONED=abandoned HANDLE TIME=handle SKILL=team SERVICE LEVEL=in_time"),
        {"contacts": 2, "queued": 2, "answered": 1, "abandoned": 1, "in_time": 1, "offered_timed": 2, "wait_seconds": 12, "handled": 1, "talk_seconds": 240, "wrap_seconds": 60},
    ),
    "calls with a clock of another zone": (
        """
        line | datetime (UTC) | direction | answered | user | duration (total) | duration (in call) | via
        Support | 2023-05-01 23:15:00 | inbound | Yes | Ann | 00:02:23 | 00:02:00 | phone
        Support | 2023-05-14 07:15:00 | inbound | No | | 00:00:43 | 00:00:00 | phone
        """,
        "line=team datetime (UTC)=day direction=by direction answered=answered user=person duration (in call)=talk via=channel",
        {"contacts": 2, "queued": 2, "answered": 1, "abandoned": 1, "handled": 1, "talk_seconds": 120},
    ),
    "a help desk's report": (
        """
        Ticket ID | Ticket created - Date | Ticket created - Timestamp | Assignee name | Ticket group | Ticket channel | Ticket status | Ticket solved - Date | First reply time (min) | Full resolution time (hrs) | Ticket satisfaction rating | Reopens
        1 | 2023-05-01 | 2023-05-01T09:15:00 | Ann | EU | Email | Solved | 2023-05-02 | 12.5 | 25.2 | Good | 0
        2 | 2023-05-14 | 2023-05-14T09:15:00 | Bo | EU | Web | Open | | 30 | | Unoffered | 1
        """,
        ("Ticket ID=key Ticket created - Timestamp=day Assignee name=person Ticket group=team Ticket channel=channel Ticket status=status"
        " Ticket solved - Date=resolved_at First reply time (min)=first_response Full resolution time (hrs)=full_resolution"
        " Ticket satisfaction rating=rating Reopens=reopens"),
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1, "reopened": 1, "reopened_before": 1, "ratings": 1, "ratings_good": 1, "rating_points": 5},
    ),
    "a log with a line for each update": (
        """
        number | incident_state | reopen_count | sys_mod_count | made_sla | opened_at | sys_created_at | sys_updated_at | contact_type | category | priority | assignment_group | assigned_to | resolved_at
        INC45 | New | 0 | 0 | true | 29/2/2016 01:16 | 29/2/2016 01:23 | 29/2/2016 01:23 | Phone | Category 55 | 3 - Moderate | Group 56 | ? | 29/2/2016 11:29
        INC45 | Resolved | 0 | 2 | true | 29/2/2016 01:16 | 29/2/2016 01:23 | 29/2/2016 08:53 | Phone | Category 55 | 3 - Moderate | Group 56 | ? | 29/2/2016 11:29
        INC47 | Closed | 1 | 8 | false | 29/2/2016 04:40 | ? | 6/3/2016 10:00 | Phone | Category 40 | 3 - Moderate | Group 70 | Resolver 89 | 1/3/2016 09:52
        """,
        ("number=key incident_state=status reopen_count=reopens sys_mod_count=updated made_sla=target opened_at=day contact_type=channel"
        " category=topic priority=by priority assignment_group=team assigned_to=person resolved_at=resolved_at"),
        {"contacts": 3, "created": 3, "cancelled": 0, "resolved": 2, "reopened": 1, "reopened_before": 1, "targets_met": 2, "targets_breached": 1},
    ),
    "totals of days with means and shares": (
        """
        Date | Incoming Calls | Answered Calls | Answer Rate | Abandoned Calls | Answer Speed (AVG) | Talk Duration (AVG) | Waiting Time (AVG) | Service Level (20 Seconds)
        2022-01-01 | 217 | 204 | 94.01% | 13 | 0:00:17 | 0:02:14 | 0:02:45 | 76.04%
        2022-01-14 | 1,200 | 1182 | 91.00% | 18 | 0:00:20 | 0:02:22 | 0:06:55 | 72.75%
        Total | 1,417 | 1386 | | 31 | | | |
        """,
        ("Date=day Incoming Calls=contacts Answered Calls=answered Abandoned Calls=abandoned Answer Speed (AVG)=mean_wait"
        " Talk Duration (AVG)=mean_talk Service Level (20 Seconds)=service_level"),
        {
            "contacts": 1417, "queued": 1417, "answered": 1386, "abandoned": 31, "handled": 1386, "wait_seconds": 204 * 17 + 1182 * 20,
            "talk_seconds": 204 * 134 + 1182 * 142, "in_time": 165 + 873, "offered_timed": 1417,
        },
    ),
    "days of agents": (
        """
        Agent | Date | Calls Handled | AHT (sec) | Avg Hold Time | Occupancy % | Scheduled minutes | Minutes in adherence | QA Score
        Ann | 1/13/2023 | 35 | 312 | 0:00:31 | 82% | 480 | 456 | 92
        Bo | 1/14/2023 | 30 | 300 | 0:00:20 | 80% | 480 | 430 | 88
        """,
        ("Agent=person Date=day Calls Handled=handled AHT (sec)=mean_handle Avg Hold Time=mean_hold Scheduled minutes=scheduled"
        " Minutes in adherence=adherent"),
        {
            "handled": 65, "talk_seconds": 35 * 281 + 30 * 280, "hold_seconds": 35 * 31 + 30 * 20,
            "scheduled_seconds": 57600, "adherent_seconds": 53160,
        },
    ),
    "a survey": (
        """
        Response ID | Submitted | Agent | NPS | CES | CSAT | Comment
        1 | 2023-05-01T09:00:00Z | Ann | 9 | 6 | 5 | nice
        2 | 2023-05-14T09:00:00+02:00 | Bo | 3 | 2 | 1 | bad
        """,
        "Response ID=key Submitted=day Agent=person NPS=recommendation CES=effort CSAT=rating",
        {
            "recommendations": 2, "promoters": 1, "detractors": 1, "efforts": 2, "effort_points": 8,
            "ratings": 2, "ratings_good": 1, "rating_points": 6,
        },
    ),
    "cases": (
        """
        Case Number | Case Owner | Date/Time Opened | Date/Time Closed | Status | Priority | Case Origin | Case Reason | Account Name | Escalated
        00001 | Ann | 1/13/2023 9:00 AM | 1/14/2023 9:00 AM | Closed | High | Phone | Breakdown | ACME | 1
        00002 | Bo | 1/15/2023 9:00 AM | | New | High | Phone | Breakdown | ACME | 0
        """,
        ("Case Number=key Case Owner=person Date/Time Opened=day Date/Time Closed=resolved_at Status=status Priority=by Priority"
        " Case Origin=channel Case Reason=topic Escalated=escalated"),
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1, "escalated": 1},
    ),
    "where people live is no state": (
        """
        id | sentiment | call_timestamp | reason | city | state | channel | response_time | call duration in minutes
        DKK-1 | Neutral | 10/29/2020 | Billing | Detroit | Michigan | Chat | Within SLA | 17
        QGK-2 | Positive | 10/05/2020 | Outage | Spartanburg | South Carolina | Chat | Above SLA | 23
        """,
        "id=key sentiment=by sentiment call_timestamp=day reason=topic channel=channel response_time=target call duration in minutes=talk",
        {"contacts": 2, "targets_met": 1, "targets_breached": 1, "handled": 2, "talk_seconds": 2400},
    ),
    "German": (
        """
        Datum | Uhrzeit | Mitarbeiter | Anrufe | Angenommen | Verloren | Gesprächszeit (Min.) | Wartezeit (Sek.) | Kategorie
        03.04.2023 | 08:00 | Anna | 1.234 | 1.200 | 34 | 2.345,5 | 12.345,0 | Rechnung
        14.04.2023 | 08:30 | Anna | 12 | 10 | 2 | 45,25 | 120,0 | Rechnung
        Summe | | | 1.246 | 1.210 | 36 | | |
        """,
        ("Datum=day Uhrzeit=time Mitarbeiter=person Anrufe=contacts Angenommen=answered Verloren=abandoned Gesprächszeit (Min.)=talk"
        " Wartezeit (Sek.)=wait Kategorie=topic"),
        {"contacts": 1246, "queued": 1246, "answered": 1210, "abandoned": 36, "handled": 1210, "talk_seconds": 2390.75 * 60, "wait_seconds": 12465},
    ),
    "Greek": (
        """
        Ημερομηνία | Ώρα | Εκπρόσωπος | Κανάλι | Απαντήθηκε | Διάρκεια (δευτ.) | Αξιολόγηση | Κατηγορία
        3/4/2023 | 9:15 π.μ. | Άννα | Τηλέφωνο | ΝΑΙ | 125 | 5 | Χρεώσεις
        14/4/2023 | 6:15 μ.μ. | Πάνος | Τηλέφωνο | ΟΧΙ | | | Χρεώσεις
        Σύνολο | | | | | 125 | |
        """,
        "Ημερομηνία=day Ώρα=time Εκπρόσωπος=person Κανάλι=channel Απαντήθηκε=answered Διάρκεια (δευτ.)=talk Αξιολόγηση=rating Κατηγορία=topic",
        {
            "contacts": 2, "queued": 2, "answered": 1, "abandoned": 1, "handled": 1, "talk_seconds": 125,
            "ratings": 1, "ratings_good": 1, "rating_points": 5,
        },
    ),
    "Ukrainian": (
        """
        Номер звернення | Дата створення | Виконавець | Статус | Час першої відповіді (хв) | Оцінка | Канал
        1 | 03.04.2023 10:00 | Олена | Вирішено | 12,5 | 5 | Чат
        2 | 13.04.2023 10:00 | Ігор | Відкрито | 5 | | Пошта
        """,
        "Номер звернення=key Дата створення=day Виконавець=person Статус=status Час першої відповіді (хв)=first_response Оцінка=rating Канал=channel",
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1, "ratings": 1, "ratings_good": 1, "rating_points": 5},
    ),
    "Russian": (
        """
        Дата звонка | Оператор | Очередь | Отвечено | Время ожидания (сек) | Длительность (сек)
        13.04.2023 10:00 | Ольга | Склад | да | 12 | 60
        14.04.2023 10:00 | | Склад | нет | 30 |
        Итого | | | | 42 | 60
        """,
        "Дата звонка=day Оператор=person Очередь=team Отвечено=answered Время ожидания (сек)=wait Длительность (сек)=talk",
        {"contacts": 2, "queued": 2, "answered": 1, "abandoned": 1, "wait_seconds": 12, "handled": 1, "talk_seconds": 60},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "roles", "sums"), EXPORTS.values(), ids=EXPORTS)
def test_an_export_is_taken_for_what_it_is(text: str, roles: str, sums: dict[str, float]) -> None:
    table = rows(text)
    mapping = proposed(table).mapping
    assert said(mapping) == roles
    assert mapping.problems() == []
    found = read(table, mapping)
    assert found.rejects == []
    assert {part: round(amount, 3) for part, amount in found.sums.items()} == sums


def test_a_comment_or_a_name_of_a_customer_is_nothing_to_count_by() -> None:
    text = """
    Date | Answered | Customer name | Customer remarks on product | Requester email | Priority | Product id
    2023-04-13 | Y | Jane | It broke | jane@shop.example | High | 5
    """
    mapping = proposed(rows(text)).mapping
    assert [one.header for one in mapping.columns if one.use] == ["Date", "Answered", "Priority"]


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), max_size=8))
def test_whatever_stands_in_a_file_it_is_proposed_and_read(cells: list[list[str]]) -> None:
    table = [["Date", "Agent", "Answered", "Talk time"], *cells]
    mapping = proposed(table).mapping
    if mapping.problems():
        with pytest.raises(ValueError):
            read(table, mapping)
        return
    found = read(table, mapping)
    lines = {one.row for one in found.rejects} | {one.row for one in found.left}
    assert len(found.facts) + len(lines) == len(cells)


def test_a_kind_is_believed_although_a_few_cells_are_not_of_it() -> None:
    found = taken("""
    Date | Agent | Answered | Talk time (s)
    2023-01-13 | Ann | Y | 100
    n.d. | Ann | Y | 100
    2023-01-14 | Ann | maybe | 100
    2023-01-15 | Ann | Y | soon
    2023-01-16 | Ann | N |
    """)
    assert [(one.row, one.header, one.value) for one in found.rejects] == [
        (3, "Date", "n.d."),
        (4, "Answered", "maybe"),
        (5, "Talk time (s)", "soon"),
    ]
    assert len(found.facts) == 2
    assert columns(rows("Date \n 2023-01-13 \n 2023-01-14 \n n.d."))[0].kind is Kind.TEXT
