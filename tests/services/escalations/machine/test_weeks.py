"""Weeks on a floor, by chance: no case without an owner or a running policy, nothing lost, nothing said twice."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.services import escalations
from tests.conftest import FreshDatabase
from tests.services.escalations.machine.acts import ACTS
from tests.services.escalations.machine.story import Weeks

READS = {
    *("see", "see_to", "list_cases", "teams_to_ask", "teams_to_list", "team_to_list", "draw"),
    *("Message", "cases_to_merge", "desks_of", "teams_to_hand"),
    *("ring", "RINGS", "Seen", "AlreadyEscalated", "checked", "raise_in"),
}
NOT_BY_CHANCE = {"ask_department", "keep_message", "merge", "move", "unfollow"}
"""Tried in tests of their own only: nothing here says yet what has to be told when two cases change at once."""
MODEST = settings(
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # to look for a shorter story takes longer than a test may
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
LARGE = settings(MODEST, derandomize=False, print_blob=True)


def weeks(make: FreshDatabase, kind: str, found: settings) -> None:
    class There(Weeks):
        def __init__(self) -> None:
            super().__init__(lambda: make(kind))

    run_state_machine_as_test(There, settings=found)


def test_everything_that_people_can_do_is_done() -> None:
    assert set(escalations.__all__) - READS - NOT_BY_CHANCE == {*ACTS, "escalate"}


@pytest.mark.parametrize(("kind", "examples", "steps"), [("sqlite", 6, 40), ("postgresql", 3, 30)])
def test_some_weeks(fresh_database: FreshDatabase, kind: str, examples: int, steps: int) -> None:
    weeks(fresh_database, kind, settings(MODEST, max_examples=examples, stateful_step_count=steps))


@pytest.mark.soak
@pytest.mark.timeout(1700)
@pytest.mark.parametrize(("kind", "examples"), [("sqlite", 300), ("postgresql", 100)])
def test_many_weeks(fresh_database: FreshDatabase, kind: str, examples: int) -> None:
    weeks(fresh_database, kind, settings(LARGE, max_examples=examples, stateful_step_count=80))
