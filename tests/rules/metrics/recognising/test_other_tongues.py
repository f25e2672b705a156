"""Exports of other languages and habits: what their columns are taken for, and which days are never taken for a line's own."""

import pytest

from bot.rules.metrics.cells import moments
from bot.rules.metrics.cells.durations import Unit
from bot.rules.metrics.mapping import Problem, Wrong
from bot.rules.metrics.questions import Asks
from bot.rules.metrics.roles import Role
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
             "in_time": 801 * 0.845 + 180, "offered_timed": 1001},
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
