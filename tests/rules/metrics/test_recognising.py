"""What a file is taken for: by its headers, by its cells, and with what only a person can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.metrics.cells.durations import Unit
from bot.rules.metrics.cells.moments import Order
from bot.rules.metrics.cells.numbers import DecimalSign
from bot.rules.metrics.columns import Kind, Style
from bot.rules.metrics.mapping import NOTHING, Keys, Lines, Mapping, Problem, Use, Wrong
from bot.rules.metrics.parts import Way
from bot.rules.metrics.questions import Asks, answer
from bot.rules.metrics.recognising import Proposal, roles_for
from bot.rules.metrics.roles import Role
from tests.rules.metrics.lines import columns, proposed, read, rows, taken

EXPORTS = {
    "calls with an outcome": (
        """
        Interaction Id | Call Type | Start Time | Talk Time | Wait Time | Hold Time | Abandon Time | Total Time | Agent Name | Ring Groups | Inside Service Level?
        a1 | inbound | 2023-05-01 09:15:00 | 00:04:00 | 00:00:10 | 00:00:00 | | 00:05:00 | Ann | sales | TRUE
        a2 | abandoned | 2023-05-14 09:15:00 | 00:00:00 | 00:00:50 | 00:00:00 | 00:00:50 | 00:00:50 | | sales | FALSE
        """,
        ("Interaction Id=key Call Type=status Start Time=day Talk Time=talk Wait Time=wait Hold Time=hold Agent Name=person"
        " Ring Groups=team Inside Service Level?=in_time"),
        {"contacts": 2, "answered": 1, "abandoned": 1, "in_time": 1, "wait_seconds": 10, "handled": 1, "talk_seconds": 240, "hold_seconds": 0},
    ),
    "calls with work after them": (
        """
        CALL ID | TIMESTAMP | AGENT NAME | DISPOSITION | CALL TIME | QUEUE WAIT TIME | TALK TIME | AFTER CALL WORK TIME | ABANDONED | HANDLE TIME | SKILL | DATE | TIME | SERVICE LEVEL
        300 | Mon, 1 May 2023 09:15:00 | Ann | Fixed | 00:05:10 | 00:00:12 | 00:04:00 | 00:01:00 | 0 | 00:05:10 | Billing | 2023/05/01 | 09:15:00 | 1
        301 | Sun, 14 May 2023 10:15:00 | | No Answer | 00:00:30 | 00:00:12 | | | 1 | | Billing | 2023/05/14 | 10:15:00 | 0
        """,
        ("CALL ID=key TIMESTAMP=day AGENT NAME=person DISPOSITION=topic QUEUE WAIT TIME=wait TALK TIME=talk"
        " AFTER CALL WORK TIME=wrap ABANDONED=abandoned HANDLE TIME=handle SKILL=team SERVICE LEVEL=in_time"),
        {"contacts": 2, "answered": 1, "abandoned": 1, "in_time": 1, "wait_seconds": 12, "handled": 1, "talk_seconds": 240, "wrap_seconds": 60},
    ),
    "calls with a clock of another zone": (
        """
        line | datetime (UTC) | direction | answered | user | duration (total) | duration (in call) | via
        Support | 2023-05-01 23:15:00 | inbound | Yes | Ann | 00:02:23 | 00:02:00 | phone
        Support | 2023-05-14 07:15:00 | inbound | No | | 00:00:43 | 00:00:00 | phone
        """,
        "line=team datetime (UTC)=day direction=by direction answered=answered user=person duration (in call)=talk via=channel",
        {"contacts": 2, "answered": 1, "abandoned": 1, "handled": 1, "talk_seconds": 120},
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
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1, "reopened": 1, "ratings": 1, "ratings_good": 1, "rating_points": 5},
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
        {"contacts": 3, "created": 3, "cancelled": 0, "resolved": 2, "reopened": 1, "targets_met": 2, "targets_breached": 1},
    ),
    "totals of days with means and shares": (
        """
        Date | Incoming Calls | Answered Calls | Answer Rate | Abandoned Calls | Answer Speed (AVG) | Talk Duration (AVG) | Waiting Time (AVG) | Service Level (20 Seconds)
        2022-01-01 | 217 | 204 | 94.01% | 13 | 0:00:17 | 0:02:14 | 0:02:45 | 76.28%
        2022-01-14 | 1,200 | 1182 | 91.00% | 18 | 0:00:20 | 0:02:22 | 0:06:55 | 72.73%
        Total | 1,417 | 1386 | | 31 | | | |
        """,
        ("Date=day Incoming Calls=contacts Answered Calls=answered Abandoned Calls=abandoned Answer Speed (AVG)=mean_wait"
        " Talk Duration (AVG)=mean_talk Service Level (20 Seconds)=service_level"),
        {
            "contacts": 1417, "answered": 1386, "abandoned": 31, "handled": 1386, "wait_seconds": 204 * 17 + 1182 * 20,
            "talk_seconds": 204 * 134 + 1182 * 142, "in_time": 165.528 + 872.76,
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
        {"contacts": 1246, "answered": 1210, "abandoned": 36, "handled": 1210, "talk_seconds": 2390.75 * 60, "wait_seconds": 12465},
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
            "contacts": 2, "answered": 1, "abandoned": 1, "handled": 1, "talk_seconds": 125,
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
        {"contacts": 2, "answered": 1, "abandoned": 1, "wait_seconds": 12, "handled": 1, "talk_seconds": 60},
    ),
}  # fmt: skip


def said(mapping: Mapping) -> str:
    """What each column is for, in one line."""
    return " ".join(f"{one.header}={one.use.role or 'by ' + one.use.label}" for one in mapping.columns if one.use)  # fmt: skip


@pytest.mark.parametrize(("text", "roles", "sums"), EXPORTS.values(), ids=EXPORTS)
def test_an_export_is_taken_for_what_it_is(text: str, roles: str, sums: dict[str, float]) -> None:
    table = rows(text)
    mapping = proposed(table).mapping
    assert said(mapping) == roles
    assert mapping.problems() == []
    found = read(table, mapping)
    assert found.rejects == []
    assert {part: round(amount, 3) for part, amount in found.sums.items()} == sums


def question(text: str, asks: Asks) -> tuple[Proposal, str]:
    """The choices and their examples, in one line."""
    proposal = proposed(rows(text))
    found = [one for one in proposal.questions if one.asks is asks]
    assert len(found) == 1
    shown = [f"{one.value}:{','.join(as_ for _cell, as_ in one.examples)}" for one in found[0].choices]  # fmt: skip
    return proposal, " ".join(shown) + f" → {found[0].likely}"


def test_day_or_month_first_is_asked_with_what_would_come_of_it() -> None:
    text = """
    Created | Closed | Agent
    03/04/2023 10:00 | 05/04/2023 10:00 | Ann
    """
    proposal, shown = question(text, Asks.ORDER)
    assert shown == "dmy:2023-04-03,2023-04-05 mdy:2023-03-04,2023-05-04 → dmy"
    asked = next(one for one in proposal.questions if one.asks is Asks.ORDER)
    mapping = answer(proposal.mapping, asked, Order.MONTH_FIRST)
    assert read(rows(text), mapping).facts[0].day.isoformat() == "2023-03-04"
    with pytest.raises(ValueError):
        answer(mapping, asked, "sideways")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Date | Agent \n 03/04/2023 | Ann \n 26/04/2023 | Ann", ["2023-04-03", "2023-04-26"]),
        ("Date | Agent \n 03/04/2023 | Ann \n 04/26/2023 | Ann", ["2023-03-04", "2023-04-26"]),
        ("Date | Agent \n 03.04.2023 | Ann \n 05.04.2023 | Ann", ["2023-04-03", "2023-04-05"]),
        ("Date | Agent \n 2023-04-03 | Ann \n 2023-05-04 | Ann", ["2023-04-03", "2023-05-04"]),
        ("Date | Due \n 03/04/2023 | 26/04/2023 \n 05/04/2023 | 27/04/2023", ["2023-04-03", "2023-04-05"]),
        ("Date | Agent \n 45019 | Ann \n 45020.5 | Ann", ["2023-04-03", "2023-04-04"]),
        ("Date | Agent \n 1680480000 | Ann \n 1680566400000 | Ann", ["2023-04-03", "2023-04-04"]),
    ],
)  # fmt: skip
def test_the_file_itself_says_which_comes_first(text: str, days: list[str]) -> None:
    proposal = proposed(rows(text))
    assert Asks.ORDER not in {one.asks for one in proposal.questions}
    found = read(rows(text), proposal.mapping)
    assert [one.day.isoformat() for one in found.facts] == days


def test_the_decimal_sign_is_asked_unless_another_column_says_it() -> None:
    text = "Date | Agent | Calls | Talk time (s) \n 2023-04-03 | Ann | 1.234 | 5.678"
    proposal, shown = question(text, Asks.SIGN)
    assert shown == ".:1.234,5.678 ,:1234,5678 → ."
    asked = next(one for one in proposal.questions if one.asks is Asks.SIGN)
    mapping = answer(proposal.mapping, asked, DecimalSign.COMMA)
    assert read(rows(text), mapping).sums["contacts"] == 1234
    decided = text.replace("Agent", "Price").replace("Ann", "12,5")
    assert Asks.SIGN not in {one.asks for one in proposed(rows(decided)).questions}
    assert read(rows(decided), proposed(rows(decided)).mapping).sums["contacts"] == 1234


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("Talk time", "120 ; 340", "milliseconds seconds minutes hours days → seconds"),
        ("Talk time", "120000 ; 340000", "milliseconds seconds minutes hours days → milliseconds"),
        ("Talk time", "0.00138 ; 0.0021", "milliseconds seconds minutes hours days → days"),
        ("Talk time", "2:23 ; 14:01", "seconds hours → seconds"),
        ("Resolution time", "2:23 ; 14:01", "seconds hours → hours"),
        ("Resolution time", "25 ; 300", "milliseconds seconds minutes hours days → hours"),
        ("First response time", "25 ; 300", "milliseconds seconds minutes hours days → minutes"),
        ("First response time", "2500 ; 7000", "milliseconds seconds minutes hours days → seconds"),
        ("Talk time (sec)", "120 ; 340", ""),
        ("talk_time_ms", "120 ; 340", ""),
        ("Talk time", "0:02:23 ; 0:01:00", ""),
        ("Talk time", "2m 3s ; 5s", ""),
    ],
)
def test_what_a_bare_number_counts_is_asked(header: str, cells: str, expected: str) -> None:
    lines = [f"2023-04-{day} | {cell}" for day, cell in enumerate(cells.split(";"), 13)]
    proposal = proposed(rows("\n".join([f"Date | {header}", *lines])))
    asked = [one for one in proposal.questions if one.asks is Asks.UNIT]
    shown = [f"{' '.join(choice.value for choice in one.choices)} → {one.likely}" for one in asked]
    assert shown == ([expected] if expected else [])
    if asked:
        assert proposal.mapping.columns[1].style.unit == asked[0].likely
        assert answer(proposal.mapping, asked[0], Unit.HOURS).columns[1].style.unit is Unit.HOURS


def test_which_of_two_dates_is_asked_only_if_they_differ() -> None:
    text = """
    Date | Created at | Agent | Answered
    2023-04-13 | 2023-04-12 | Ann | Y
    """
    proposal, shown = question(text, Asks.DAY)
    assert shown == "1:2023-04-12 0:2023-04-13 → 1"
    asked = next(one for one in proposal.questions if one.asks is Asks.DAY)
    mapping = answer(proposal.mapping, asked, "0")
    assert (mapping.places[Role.DAY], mapping.columns[1].use) == (0, NOTHING)
    same = proposed(rows(text.replace("04-12", "04-13")))
    assert Asks.DAY not in {one.asks for one in same.questions}


def test_without_a_header_for_the_day_the_only_moments_are_it_and_of_several_one_is_asked() -> None:
    only = proposed(rows("When it was | Answered \n 2023-04-13 | Y"))
    assert only.mapping.places[Role.DAY] == 0
    text = "First thing | Second thing | Answered \n 2023-04-13 | 2023-04-14 | Y"
    proposal, shown = question(text, Asks.DAY)
    assert shown == "0:2023-04-13 1:2023-04-14 → "
    assert proposal.mapping.problems() == [Problem(Wrong.NO_DAY)]
    assert proposed(rows("Agent | Answered \n Ann | Y")).mapping.problems() == [
        Problem(Wrong.NO_DAY)
    ]


@pytest.mark.parametrize(
    ("header", "cells", "expected", "points"),
    [
        ("CSAT", "5 4 1", None, 10),
        ("CSAT", "5 4 7", None, 9),
        ("CSAT", "10 9 1", "5 100 10", 9.5),
        ("CSAT", "85 90 10", "5 10 100", 8.75),
        ("QA score", "0.95 0.8", "100 1", 175),
        ("QA score", "9 8 10", "100 10", 270),
        ("QA score", "95 80", None, 175),
    ],
)
def test_the_scale_of_scores_is_asked_if_it_is_not_the_usual(
    header: str, cells: str, expected: str | None, points: float
) -> None:
    lines = [f"2023-04-{day} | {cell}" for day, cell in enumerate(cells.split(), 13)]
    text = "\n".join([f"Date | {header}", *lines])
    proposal = proposed(rows(text))
    asked = [one for one in proposal.questions if one.asks is Asks.SCALE]
    assert [" ".join(choice.value for choice in one.choices) for one in asked] == ([expected] if expected else [])  # fmt: skip
    sums = read(rows(text), proposal.mapping).sums
    assert sums.get("rating_points", sums.get("review_points")) == points


def test_what_names_a_line_is_asked_where_nothing_does_or_one_name_is_on_many() -> None:
    _proposal, shown = question("Date | Answered \n 2023-04-13 | Y", Asks.KEY)
    assert shown == "keep: replace: → keep"
    text = "Id | Date | Answered \n 7 | 2023-04-13 | Y \n 7 | 2023-04-14 | N"
    proposal, shown = question(text, Asks.KEY)
    assert shown == "column: keep: replace: → column"
    asked = next(one for one in proposal.questions if one.asks is Asks.KEY)
    for value, keys, replaces in (
        ("column", Keys.COLUMN, False),
        ("keep", Keys.PLACE, False),
        ("replace", Keys.PLACE, True),
    ):
        mapping = answer(proposal.mapping, asked, value)
        assert (mapping.keys, mapping.replaces) == (keys, replaces)
    updated = proposed(rows(text.replace("Answered", "Updated at").replace("| Y", "| 2023-05-01")))
    assert Asks.KEY not in {one.asks for one in updated.questions}


def test_what_each_line_is_is_asked_where_no_column_says_it() -> None:
    text = "Date | Agent | Topic \n 2023-04-13 | Ann | Bills"
    proposal, shown = question(text, Asks.LINES)
    assert shown == "calls: tickets: answers: totals: → calls"
    asked = next(one for one in proposal.questions if one.asks is Asks.LINES)
    mapping = answer(proposal.mapping, asked, Lines.TOTALS)
    assert (mapping.lines, mapping.keys) == (Lines.TOTALS, Keys.DIMENSIONS)
    assert mapping.problems() == [Problem(Wrong.NOTHING_COUNTED)]


@pytest.mark.parametrize(
    ("cells", "among", "not_among"),
    [
        ("1 2 3", {Role.CONTACTS, Role.RATING, Role.TALK, Role.KEY, Role.PERSON}, {Role.DAY, Role.TARGET}),
        ("Y N", {Role.ANSWERED, Role.TARGET, Role.RESOLVED}, {Role.DAY, Role.TALK}),
        ("2023-01-13 2023-01-14", {Role.DAY, Role.RESOLVED_AT, Role.UPDATED}, {Role.TALK, Role.PERSON}),
        ("0:10:00 0:12:00", {Role.TALK, Role.TIME, Role.FULL_RESOLUTION}, {Role.DAY, Role.RATING}),
        ("Good Bad", {Role.RATING, Role.TOPIC, Role.STATUS}, {Role.EFFORT, Role.WAIT}),
        ("Ann Bo", {Role.PERSON, Role.TEAM, Role.STATUS}, {Role.RATING, Role.TARGET}),
    ],
)  # fmt: skip
def test_a_person_may_choose_what_the_cells_allow(
    cells: str, among: set[Role], not_among: set[Role]
) -> None:
    column = columns([["Anything"], *([one] for one in cells.split())])[0]
    roles = set(roles_for(column))
    assert among <= roles
    assert not roles & not_among


def test_what_the_header_says_comes_first() -> None:
    column = columns(rows("Agent \n Ann"))[0]
    assert roles_for(column)[0] is Role.PERSON


def test_a_person_corrects_a_mapping() -> None:
    mapping = proposed(rows("Date | Agent | Boss | Answered \n 2023-04-13 | Ann | Bo | Y")).mapping
    turned = mapping.with_use(2, Use(Role.PERSON))
    assert [one.use.role for one in turned.columns] == [Role.DAY, None, Role.PERSON, Role.ANSWERED]
    keyed = mapping.with_use(1, Use(Role.KEY))
    assert (keyed.keys, keyed.with_use(1, NOTHING).keys) == (Keys.COLUMN, Keys.PLACE)
    styled = mapping.with_style(3, Style(sign=DecimalSign.COMMA))
    assert styled.columns[3].style.sign is DecimalSign.COMMA


def test_what_keeps_a_mapping_from_being_used() -> None:
    mapping = proposed(rows("Date | Agent | Calls | AHT | CSAT \n 2023-04-13 | Ann | 7 | 0:03:00 | 4")).mapping  # fmt: skip
    assert mapping.problems() == []
    assert mapping.with_use(2, NOTHING).problems() == [Problem(Wrong.MEAN_WITHOUT_COUNT, 3)]
    assert mapping.with_use(4, Use(Role.RATING)).problems() == [Problem(Wrong.SCORE_OF_TOTALS, 4)]
    assert mapping.with_use(0, NOTHING).problems() == [Problem(Wrong.NO_DAY)]
    labels = mapping.with_use(2, Use(label="a")).with_use(1, Use(label="b")).with_use(3, Use(label="c"))  # fmt: skip
    assert labels.with_use(4, Use(label="d")).problems() == [Problem(Wrong.NOTHING_COUNTED)]


def test_a_comment_or_a_name_of_a_customer_is_nothing_to_count_by() -> None:
    text = """
    Date | Answered | Customer name | Customer remarks on product | Requester email | Priority | Product id
    2023-04-13 | Y | Jane | It broke | jane@shop.example | High | 5
    """
    mapping = proposed(rows(text)).mapping
    assert [one.header for one in mapping.columns if one.use] == ["Date", "Answered", "Priority"]


def test_a_mapping_is_remembered_as_it_was() -> None:
    mapping = proposed(rows("Date | Agent | Shift | Wait (s) | Price \n 2023-04-13 | Ann | Late | 7 | 3")).mapping  # fmt: skip
    mapping = mapping.with_use(4, Use(part="spent", way=Way.SAMPLE))
    mapping = mapping.with_style(3, Style(DecimalSign.COMMA, Order.YEAR_FIRST, Unit.DAYS, True, True, 7))  # fmt: skip # noqa: FBT003
    assert Mapping.unpack(mapping.packed()) == mapping
    assert Mapping.unpack(mapping.packed()).places == mapping.places


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
