"""What a preview shows of a file: its first lines as they are read, which numbers it gives, and which it lacks."""

from dataclasses import replace

import pytest

from bot.rules.metrics.importing.asking.questions import Asks, Choice, Question
from bot.rules.metrics.importing.files import Decided
from bot.rules.metrics.importing.imports import ImportState
from bot.services.metrics.importing import files
from bot.views.metrics.importing import card
from tests.services.metrics.importing.exports import CALLS, as_file
from tests.views.drawn import mrkdwn_of
from tests.views.metrics.test_importing import LANGUAGES, seen


def shown(text: str, asked: tuple[Question, ...] = ()) -> tuple[list[str], list[str]]:
    """The first line of a file as its card shows it, and the small print."""
    with as_file(text) as path:
        [found] = files.look(str(path), "", "Europe/Berlin")
    decided = Decided(found.mapping, has_team=True)
    held = replace(seen(ImportState.ASKING), look=found.look, decided=decided, questions=asked)
    drawn = card.blocks(held, LANGUAGES[0])
    [table] = [one for one in drawn if one["type"] == "table"]
    small = [part["text"] for one in drawn if one["type"] == "context" for part in one["elements"]]
    return [cell["text"].replace("\u202f", " ") for cell in table["rows"][1]], small


def test_a_file_is_shown_as_it_is_read() -> None:
    first, small = shown(CALLS)
    assert first == [
        *("2", "ID0001", "Diane", "Feb 2, 2026", "9:12 AM", "Contract related"),
        *("yes", "yes", "1 min 49 s", "2 min 23 s", "3"),
    ]
    assert small[1].startswith("It gives: Contacts, CSAT, Mean rating, AHT,")


TICKETS = """ID,Created,Status,Resolved Date,Modified,SLA
1,2025-05-28 12:38,Resolved,2025-05-30,2025-10-07 22:25,Within SLA
2,2025-05-29 12:38,Pending with user,,2025-10-08 22:25,SLA Violated
"""


def test_what_a_file_lacks_is_said() -> None:
    first, small = shown(TICKETS)
    assert first == [
        *("2", "1", "May 28, 2025 12:38 PM", "resolved"),
        *("May 30, 2025", "Oct 7, 2025 10:25 PM", "yes"),
    ]
    assert small[0] == (
        "It gives: Contacts, SLA attainment, Backlog. Not in it: First response time, Resolution time. "
        "These columns hold days without a time, so I cannot tell how long anything took: Resolved Date."
    )
    score = Question(Asks.SCORE, (Choice("rating"),), "none", (1,))
    assert not any("It gives" in one for one in shown(TICKETS, (score,))[1])


@pytest.mark.parametrize(
    ("sheets", "then"), [((), "Please export it again"), (("May", "June"), "lets you choose")]
)
def test_a_file_with_a_header_alone_cannot_be_imported(sheets: tuple[str, ...], then: str) -> None:
    with as_file(CALLS) as path:
        [found] = files.look(str(path), "", "Europe/Berlin")
    decided = Decided(found.mapping, has_team=True)
    held = replace(seen(ImportState.ASKING), look=found.look, decided=decided, questions=())
    assert held.is_ready
    held.look = replace(found.look, lines=0, rows=(), sheets=sheets)
    assert not held.is_ready
    drawn = card.blocks(held, LANGUAGES[0])
    assert then in "".join(mrkdwn_of(drawn))
    assert "Import" not in [one["text"]["text"] for one in drawn[-1]["elements"]]
