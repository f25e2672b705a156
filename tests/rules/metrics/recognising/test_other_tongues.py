"""Exports of other languages and habits: what their columns are taken for, and which days are never taken for a line's own."""

import pytest

from bot.rules.metrics.importing.asking.questions import Asks
from bot.rules.metrics.importing.cells import moments
from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.mapping import Problem, Wrong
from bot.rules.metrics.importing.reading.rejecting import Why
from bot.rules.metrics.importing.recognising.roles import Role
from tests.rules.metrics.lines import proposed, read, rows, taken

CALLS_IN_SPANISH = """
Agente | Fecha | Hora | Tema | Respondido (S/N) | Resuelto | Velocidad de respuesta en segundos | Duración promedio de la llamada | Calificación de satisfacción
Ana | 2021-01-01 | 9 | Factura | S | Sí | 109 | 00:02:23 | 3
Luis | 2021-01-14 | 10 | Otro | N | No | | |
"""
TICKETS_IN_PORTUGUESE = """
Número do chamado | Grupo | Categoria | Data Abertura | Data Solução | Atendente | Satisfação | Resolvido
1 | Redes | Wi-Fi | 31/08/2021 10:00 | 31/08/2021 12:00 | Bia | 5 | sim
2 | Redes | Senha | 30/08/2021 10:00 | | Rui | - | não
"""
DAYS_IN_SPANISH = """
fecha | llamadas | llamadas_abandonadas | tmo | nivel_servicio
2022-01-01 | 801 | 1 | 5.06 | 84.5
2022-01-14 | 200 | 0 | 6.50 | 90
"""
DAYS_IN_FRENCH = """
Date | Appels reçus | Appels répondus | Durée moyenne de conversation | Temps moyen d'attente
13 janvier 2024 | 100 | 90 | 0:03:00 | 0:00:20
14 février 2024 | 50 | 50 | 0:02:00 | 0:00:10
"""
CALLS_IN_ITALIAN = """
ID chiamata | Data chiamata | Operatore | Risposta | Durata chiamata (secondi)
1 | 13/01/2024 09:00 | Ugo | si | 120
2 | 14/01/2024 09:00 | Eva | no |
"""


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        (
            CALLS_IN_SPANISH,
            {"contacts": 2, "answered": 1, "abandoned": 1, "queued": 2, "wait_seconds": 109, "handled": 1, "talk_seconds": 143, "resolved": 1,
             "ratings": 1, "ratings_good": 0, "rating_points": 3},
        ),
        (
            TICKETS_IN_PORTUGUESE,
            {"contacts": 2, "created": 2, "cancelled": 0, "resolved": 1, "ratings": 1, "ratings_good": 1, "rating_points": 5},
        ),
        (
            DAYS_IN_SPANISH,
            {"contacts": 1001, "abandoned": 1, "answered": 1000, "queued": 1001, "handled": 1000, "talk_seconds": 800 * 303.6 + 200 * 390,
             "in_time": 677 + 180, "offered_timed": 1001},
        ),
        (
            DAYS_IN_FRENCH,
            {"contacts": 150, "answered": 140, "handled": 140, "wait_seconds": 90 * 20 + 500, "talk_seconds": 90 * 180 + 6000},
        ),
        (CALLS_IN_ITALIAN, {"contacts": 2, "answered": 1, "abandoned": 1, "queued": 2, "handled": 1, "talk_seconds": 120}),
    ],
)  # fmt: skip
def test_what_is_counted_of_exports_in_other_languages(text: str, sums: dict[str, float]) -> None:
    assert taken(text).sums == pytest.approx(sums)


def test_who_and_what_they_were_about() -> None:
    calls, tickets = taken(CALLS_IN_SPANISH).facts[0], taken(TICKETS_IN_PORTUGUESE).facts[0]
    assert (calls.person, calls.topic, calls.hour) == ("Ana", "Factura", 9)
    assert (tickets.person, tickets.team, tickets.topic, tickets.key) == ("Bia", "Redes", "Wi-Fi", "1")  # fmt: skip


def test_means_of_a_few_with_fractions_are_most_likely_minutes() -> None:
    """Asked all the same: the header does not say it."""
    [asked] = [one for one in proposed(rows(DAYS_IN_SPANISH)).questions if one.asks is Asks.UNIT]
    assert asked.likely == Unit.MINUTES


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3 de enero de 2024", "2024-01-03"),
        ("15 de março de 2024", "2024-03-15"),
        ("1 août 2024", "2024-08-01"),
        ("9 set 2024", "2024-09-09"),
        ("31 dicembre 2024", "2024-12-31"),
        ("2 juin 2024", "2024-06-02"),
        ("2 luglio 2024", "2024-07-02"),
        ("7 septiembre 2024", "2024-09-07"),
    ],
)
def test_months_of_other_languages(cell: str, day: str) -> None:
    moment = moments.read(cell)
    assert moment is not None
    assert moment.date().isoformat() == day


@pytest.mark.parametrize(
    "header", ["joining_date", "Date of Birth", "Date of Purchase", "Due date", "Warranty expires"]
)
def test_a_day_of_something_else_is_not_the_lines_day(header: str) -> None:
    """A list of people is no list of contacts, whenever they were hired."""
    proposal = proposed(rows(f"agent_name | {header} \n Ann | 2024-01-13 \n Bo | 2024-02-14"))
    assert Role.DAY not in proposal.mapping.places
    assert Problem(Wrong.NO_DAY) in proposal.mapping.problems()
    assert Asks.DAY not in {one.asks for one in proposal.questions}


def test_it_is_no_choice_either_where_others_are() -> None:
    text = """
    Ticket ID | Date of Purchase | First Response Time | Time to Resolution | Ticket Status
    1 | 2021-03-22 | 2023-06-01 12:15 | 2023-06-01 18:05 | Closed
    2 | 2021-05-22 | 2023-06-01 16:45 | | Open
    """
    [asked] = [one for one in proposed(rows(text)).questions if one.asks is Asks.DAY]
    assert (asked.places, asked.likely) == ((2, 3), "")


def test_the_agent_and_the_channel_by_their_other_names() -> None:
    text = """
    Ticket ID | Created Date | Agent Assigned | Received Via | Status | Resolution (hours)
    1 | 2024-01-13 10:00 | Ann | Internet | Closed | 2
    """
    table = rows(text)
    [fact] = read(table, proposed(table).mapping).facts
    assert (fact.person, fact.channel) == ("Ann", "Internet")
    assert fact.samples["full_resolution"] == (7_200_000,)


def test_rates_and_means_of_days_alone_are_not_counted_as_calls() -> None:
    """Nobody knows of how many: a percentage without its count is left out, and that is said."""
    text = """
    Date | Answer Rate | Abandonment Rate | AHT
    2024-01-13 | 94% | 6% | 0:05:00
    2024-01-14 | 90% | 10% | 0:04:00
    """
    mapping = proposed(rows(text)).mapping
    assert mapping.problems() == [Problem(Wrong.NOTHING_COUNTED)]


def test_a_day_of_the_month_is_no_time_of_day() -> None:
    text = "Date | Day | Calls | Answered \n 2024-01-13 | 13 | 5 | 4 \n 2024-01-14 | 14 | 6 | 6"
    assert [one.hour for one in taken(text).facts] == [None, None]


def test_what_a_telephone_exchange_writes_of_each_call() -> None:
    text = """
    calldate | src | duration | billsec | disposition
    2024-01-13 09:00:00 | 100 | 35 | 30 | ANSWERED
    2024-01-14 09:00:00 | 100 | 15 | 0 | NO ANSWER
    2024-01-15 09:00:00 | 100 | 1 | 0 | BUSY
    """
    assert taken(text).sums == {
        "contacts": 3, "queued": 3, "answered": 1, "abandoned": 2, "handled": 1, "talk_seconds": 30,
    }  # fmt: skip


def test_the_questions_of_a_form_are_understood() -> None:
    text = """
    Timestamp | On a scale of 0-10 how likely are you to recommend us? | How satisfied were you with the support? | How easy was it to get help?
    13/01/2024 09:00 | 9 | 5 | 7
    14/01/2024 09:00 | 3 | 2 | 3
    """
    assert taken(text).sums == {
        "ratings": 2, "ratings_good": 1, "rating_points": 7, "recommendations": 2, "promoters": 1, "detractors": 1,
        "efforts": 2, "effort_points": 10,
    }  # fmt: skip


def test_a_rating_that_is_not_quite_four_is_not_good() -> None:
    found = taken("Survey ID | Date | CSAT \n 1 | 2024-01-13 | 3.99996 \n 2 | 2024-01-14 | 4")
    assert found.sums["ratings_good"] == 1


BELOW = """
Agent | Date | Calls | Calls (2)
Ann | 2024-01-13 | 3 | 1
Agent | Date | Calls | Calls
Bo | 2024-01-14 | 4 | 1
Queue | Date | Calls | Answered
Sales | 2024-01-13 | 7 | 7
Agent | Date | Calls | Calls
Cy | 2024-01-15 | 5 | 1
"""


def test_another_table_below_is_left_out_and_the_same_one_again_is_not() -> None:
    found = taken(BELOW)
    assert [one.person for one in found.facts] == ["Ann", "Bo", "Cy"]
    assert [(one.row, one.why) for one in found.left] == [
        (3, Why.HEADER), (5, Why.OTHER_TABLE), (6, Why.OTHER_TABLE), (7, Why.HEADER),
    ]  # fmt: skip
    assert found.rejects == []


def test_another_column_of_the_same_days_says_which_number_is_the_month() -> None:
    text = """
    Ticket # | Date | Date_month_year | Status
    1 | 04-08-15 | 04-Aug-15 | Closed
    2 | 05-07-15 | 05-Jul-15 | Open
    """
    proposal = proposed(rows(text))
    assert Asks.ORDER not in {one.asks for one in proposal.questions}
    found = read(rows(text), proposal.mapping)
    assert [one.day.isoformat() for one in found.facts] == ["2015-08-04", "2015-07-05"]
