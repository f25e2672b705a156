"""Exports of the kinds that people put on the open web: what was misread once, and no more."""

import pytest

from bot.rules.metrics.importing.asking.questions import Asks, answer
from bot.rules.metrics.importing.mapping import Lines, Problem, Wrong
from bot.rules.metrics.importing.recognising.roles import Role
from tests.rules.metrics.lines import proposed, read, rows, said, taken

EXPORTS = {
    "days with the whole of all lengths": (
        """
        INDEX() | Call Date | Handle Time (s) | Talk Time (s) | Total Incoming Calls | Wait Time (s)
        1 | 17.01.2020 | 102919 | 69606 | 296 | 8231
        2 | 20.01.2020 | 122117 | 83669 | 381 | 7358
        """,
        "Call Date=day Handle Time (s)=handle Talk Time (s)=talk Total Incoming Calls=contacts Wait Time (s)=wait",
        {"contacts": 677, "answered": 677, "handled": 677, "talk_seconds": 153275, "wrap_seconds": 71761, "wait_seconds": 15589},
    ),
    "days of agents whose parts are means": (
        """
        DATA | AVAYALOGIN | SUPERVISOR | ATENDIDAS | TMA | TALKTIME | ACW | TRANSF | AVALIADAS | PROMOTORAS | NEUTRAS | DETRATORAS
        2024-03-21 | 5510001 | Eva | 46 | 207 | 153 | 54 | 3 | 3 | 2 | 1 | 0
        2024-03-22 | 5510001 | Eva | 34 | 355 | 271 | 84 | 0 | 10 | 8 | 0 | 2
        """,
        ("DATA=day AVAYALOGIN=person SUPERVISOR=team ATENDIDAS=answered TMA=mean_handle TALKTIME=mean_talk ACW=mean_wrap"
         " TRANSF=transferred PROMOTORAS=promoters NEUTRAS=passives DETRATORAS=detractors"),
        {
            "recommendations": 13, "promoters": 10, "detractors": 2, "answered": 80, "handled": 80, "transferred": 3, "talk_seconds": 46 * 153 + 34 * 271, "wrap_seconds": 46 * 54 + 34 * 84,
        },
    ),
    "a talk that is too short for all of them": (
        """
        Date | Agent | Calls handled | Talk time | ACW
        2024-03-21 | Ann | 46 | 153 | 540
        2024-03-22 | Ann | 34 | 121 | 640
        """,
        "Date=day Agent=person Calls handled=handled Talk time=mean_talk ACW=wrap",
        {"handled": 80, "talk_seconds": 46 * 153 + 34 * 121, "wrap_seconds": 1180},
    ),
    "talks that are wholes, in minutes": (
        """
        Date | Agent | Calls handled | Talk time (min)
        2024-03-21 | Ann | 46 | 153
        2024-03-22 | Ann | 34 | 121
        """,
        "Date=day Agent=person Calls handled=handled Talk time (min)=talk",
        {"handled": 80, "talk_seconds": 274 * 60},
    ),
    "cases that are not resolved, though they were closed": (
        """
        id_chamado | id_agente | categoria | data_abertura | status_ticket | data_fechamento
        1 | 31 | bug | 2025-04-13 | resolvido | 2025-04-13 10:00:00
        2 | 32 | bug | 2025-04-14 | não resolvido | 2025-04-15 10:00:00
        3 | 32 | bug | 2025-04-14 | aberto |
        """,
        "id_chamado=key id_agente=person categoria=topic data_abertura=day status_ticket=status data_fechamento=resolved_at",
        {"contacts": 3, "created": 3, "cancelled": 0, "resolved": 1},
    ),
    "cases that wait, though they were solved once": (
        """
        ID | Created | Status | Resolved Date | Assigned to
        1 | 2025-05-28 12:38 | Resolved | 2025-05-29 | Ann
        2 | 2025-05-28 12:56 | Pending with user | 2025-05-30 | Ann
        """,
        "ID=key Created=day Status=status Resolved Date=resolved_at Assigned to=person",
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1},
    ),
    "yes and no as a spreadsheet of another language writes them": (
        """
        ticket_id | status | prioridade | tempo_resolucao_horas | sla_compliance | data_abertura
        T1 | resolvido | alta | 41 | VERDADEIRO | 2025-08-18 20:00:00
        T2 | em andamento | alta | 39 | FALSO | 2025-08-18 15:00:00
        """,
        ("ticket_id=key status=status prioridade=by prioridade tempo_resolucao_horas=full_resolution sla_compliance=target"
         " data_abertura=day"),
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1, "targets_met": 1, "targets_breached": 1},
    ),
    "calls of a queue": (
        """
        call_id | date | daily_caller | call_started | call_answered | call_ended | wait_length (s) | service_length (s) | meets_standard
        1 | 2021-01-01 | 1 | 8:00:00 AM | 8:00:00 AM | 8:14:22 AM | 0 | 863 | TRUE
        2 | 2021-01-14 | 2 | 8:02:42 AM | 8:03:42 AM | 8:07:31 AM | 60 | 289 | FALSE
        """,
        "call_id=key date=day call_started=time wait_length (s)=wait service_length (s)=talk meets_standard=in_time",
        {
            "contacts": 2, "answered": 2, "handled": 2, "wait_seconds": 60, "talk_seconds": 1152, "in_time": 1, "offered_timed": 2,
        },
    ),
    "the answer of a person before a program's": (
        """
        id | contact_id | status | created_at | first_reply_created_at | first_human_reply_created_at
        1 | 9 | resolved | 2025-02-03 18:31:35 | 2025-02-03 18:31:40 | 2025-02-03 19:00:50
        2 | 9 | open | 2025-02-14 18:31:35 | 2025-02-14 18:31:40 |
        """,
        "id=key status=status created_at=day first_human_reply_created_at=first_response_at",
        {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1},
    ),
    "issues of a tracker": (
        """
        assignee_key | created | issue_type | resolutiondate | id
        ann | 2018-05-11T09:46:53.000+0300 | 11 | 2018-05-11T11:46:53.000+0300 | 4545
        """,
        "assignee_key=person created=day issue_type=topic resolutiondate=resolved_at id=key",
        {"contacts": 1, "created": 1, "cancelled": 0, "resolved": 1},
    ),
    "a telephone's lines are no channels": (
        "Call time | Channel | Billsec\n" + "\n".join(f"2018-11-{day} 20:19 | SIP/{day} | 60" for day in range(1, 30)) + "\n"
        + "\n".join(f"2018-12-{day} 20:19 | SIP/2-{day} | 60" for day in range(1, 30)),
        "Call time=day Billsec=talk",
        {"contacts": 58, "handled": 58, "talk_seconds": 58 * 60},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_what_an_export_is_taken_for(name: str) -> None:
    text, columns, sums = EXPORTS[name]
    assert said(proposed(rows(text)).mapping) == columns
    assert taken(text).sums == sums


@pytest.mark.parametrize(
    ("headers", "line", "key"),
    [
        ("ticket_id survey_id", ["7 1", "7 2"], "survey_id"),
        ("ticket_id survey_id", ["7 1", "8 2"], "ticket_id"),
        ("contact_id id", ["7 1", "7 2"], "id"),
        ("csat_id visit", ["1 a", "2 b"], "csat_id"),
        ("csat_id visit", ["1 a", "1 b"], None),
        ("customer_id visit", ["1 a", "2 b"], None),
    ],
)
def test_what_names_a_line_is_different_on_each(
    headers: str, line: list[str], key: str | None
) -> None:
    head = " | ".join(["date", *headers.split(), "csat"])
    lines = [" | ".join(["2024-01-14", *one.split(), "5"]) for one in line]
    mapping = proposed(rows("\n".join([head, *lines]))).mapping
    place = mapping.places.get(Role.KEY)
    assert (None if place is None else mapping.headers[place]) == key


SCORES = """
response_id | date | score | time_to_resolution
1 | 2025-04-07 | 6 | 5
2 | 2025-04-14 | {score} | 12
"""


@pytest.mark.parametrize(
    ("score", "choices"),
    [
        (7, "rating recommendation effort review none"),
        (10, "rating recommendation review none"),
        (85, "rating review none"),
    ],
)
def test_a_score_of_no_name_is_asked_about(score: int, choices: str) -> None:
    proposal = proposed(rows(SCORES.format(score=score)))
    assert proposal.mapping.lines is Lines.ANSWERS
    assert proposal.mapping.problems() == [Problem(Wrong.NOTHING_COUNTED)]
    [asked] = proposal.questions
    assert (asked.asks, asked.likely) == (Asks.SCORE, "none")
    assert " ".join(one.value for one in asked.choices) == choices


def test_a_score_counts_as_what_it_is_said_to_be() -> None:
    table = rows(SCORES.format(score=10))
    proposal = proposed(table)
    [asked] = proposal.questions
    mapping = answer(proposal.mapping, asked, "recommendation")
    assert read(table, mapping).sums == {"recommendations": 2, "promoters": 1, "detractors": 1}
    assert answer(proposal.mapping, asked, "none") == proposal.mapping


def test_good_ratings_alone_are_good_ones_of_nobody_knows_how_many() -> None:
    text = "Unsatisfied | Satisfied | Date \n 18 | 37 | 2025-04-01 \n 30 | 23 | 2025-04-14"
    assert proposed(rows(text)).mapping.problems() == [Problem(Wrong.NOTHING_COUNTED)]


def test_how_long_a_call_s_matter_took_is_not_lost() -> None:
    text = """
    CallID | Date | Duration (s) | ResolutionTime (s) | Resolved
    1 | 2025-01-09 | 211 | 1042 | Y
    2 | 2025-01-14 | 780 | 707 | N
    """
    held = taken(text).bundle.samples["full_resolution"]
    assert held.n == 1


def test_a_year_has_two_digits_at_least() -> None:
    text = "Start Date | Agent | Talk (s) \n 9.3.10 8:05 | Ann | 5 \n 11.3.10 10:30 | Ann | 5"
    assert all(one.asks is not Asks.ORDER for one in proposed(rows(text)).questions)


DAYS_FOR_MONTHS = """
Id | Call date | Duration (s)
1 | 2020-05-10 | 60
2 | 2020-06-10 | 60
3 | 2020-07-10 | 60
4 | 10/29/2020 | 60
5 | 10/13/2020 | 60
6 | 10/22/2020 | 60
"""


def test_days_that_a_spreadsheet_took_for_months_are_asked_about() -> None:
    table = rows(DAYS_FOR_MONTHS)
    proposal = proposed(table)
    [asked] = proposal.questions
    assert (asked.asks, asked.likely) == (Asks.SWITCHED, "mdy_switched")
    assert [one.examples[0] for one in asked.choices] == [
        ("2020-05-10", "2020-10-05"),
        ("2020-05-10", "2020-05-10"),
    ]
    found = read(table, proposal.mapping).facts
    assert [one.day.isoformat()[:7] for one in found] == ["2020-10"] * 6
    found = read(table, answer(proposal.mapping, asked, "mdy")).facts
    assert [one.day.month for one in found] == [5, 6, 7, 10, 10, 10]


@pytest.mark.parametrize(
    ("is_there", "instead"),
    [
        ("2020-07-10", "2020-07-13"),
        ("10/22/2020", "10/02/2020"),
        ("10/22/2020", "2020-10-10"),
        ("2020-07-10", "2020-06-10"),
    ],
)
def test_other_dates_are_what_they_are(is_there: str, instead: str) -> None:
    table = rows(DAYS_FOR_MONTHS.replace(is_there, instead))
    proposal = proposed(table)
    assert [one.asks for one in proposal.questions] == []
    assert proposal.mapping.columns[1].style.order == "mdy"


@pytest.mark.parametrize(
    ("seconds", "is_asked"), [("102919 122117 600", True), ("600 102919 700", False)]
)
def test_nobody_is_talked_with_for_a_day(seconds: str, is_asked: bool) -> None:
    lines = [f"{day} | {one}" for day, one in enumerate(seconds.split(), 1)]
    table = rows(
        "\n".join(["Id | Date | Talk (s)", *(f"7{one[0]} | 2024-01-1{one}" for one in lines)])
    )
    assert any(one.asks is Asks.LINES for one in proposed(table).questions) is is_asked


@pytest.mark.parametrize(
    ("headers", "sums"),
    [
        ("NPS responses | Promoters | Detractors", {"recommendations": 9, "promoters": 5, "detractors": 1}),
        ("Passives | Promoters | Detractors", {"recommendations": 15, "promoters": 5, "detractors": 1}),
        ("Widgets | Promoters | Detractors", None),
        ("NPS responses | Promoters | Others", None),
    ],
)  # fmt: skip
def test_promoters_count_where_it_is_known_of_how_many(
    headers: str, sums: dict[str, int] | None
) -> None:
    table = rows(f"Date | {headers} \n 2024-03-21 | 6 | 3 | 1 \n 2024-03-22 | 3 | 2 | 0")
    proposal = proposed(table)
    if sums is None:
        assert proposal.mapping.problems() == [Problem(Wrong.NOTHING_COUNTED)]
    else:
        assert read(table, proposal.mapping).sums == sums


@pytest.mark.parametrize(
    ("names", "lines"),
    [("Ann Bo Cy", Lines.TOTALS), ("Ann Bo Ann", Lines.CALLS), ("Ann Bo", Lines.CALLS)],
)
def test_lines_that_name_each_person_once_are_likely_their_sums(names: str, lines: Lines) -> None:
    held = [f"{one} | {at} | 2{at}" for at, one in enumerate(names.split(), 40)]
    proposal = proposed(rows("\n".join(["Agent | Widgets | Minutes lost", *held])))
    assert proposal.mapping.lines is lines
    assert any(one.asks is Asks.LINES for one in proposal.questions)
