"""The form of an alert: what it makes, what is wrong with it, and when a change begins anew."""

from dataclasses import replace

import pytest

from bot.errors import FormProblems
from bot.rules.metrics.alert import alert_forms
from bot.rules.metrics.alert.alert_forms import Draft
from bot.rules.metrics.definition.registry import BY_KEY
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from tests.cast import BILLING, BOB, NOON, WORKSPACE
from tests.rules.metrics.test_alerts import AHT, ALERT, FIRING

GOOD = Draft("aht", "", "above", "6 min", "", "10", "7", (BOB.id, BOB.id))
NEW = alert_forms.new(WORKSPACE, "alert", BILLING, BOB.id)


def test_the_form_makes_an_alert() -> None:
    made = GOOD.over(NEW, BY_KEY)
    assert made == replace(ALERT, version=0)
    again = Draft.of(made, AHT, DecimalSign.COMMA)
    assert again.over(made, BY_KEY) == made


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"metric": "no-such"}, {"metric"}),
        ({"side": ""}, {"side"}),
        ({"threshold": "soon"}, {"threshold"}),
        ({"clear_at": "80 %"}, {"clear_at"}),
        ({"clear_at": "7 min"}, {"clear_at"}),
        ({"side": "below", "clear_at": "5 min"}, {"clear_at"}),
        ({"minimum_n": "0"}, {"minimum_n"}),
        ({"minimum_n": "many", "days": "3", "readers": ()}, {"minimum_n", "days", "readers"}),
        ({"readers": tuple(f"U{n}" for n in range(21))}, {"readers"}),
    ],
)
def test_the_form_says_what_is_wrong(changes: dict[str, str], fields: set[str]) -> None:
    with pytest.raises(FormProblems) as refused:
        replace(GOOD, **changes).over(NEW, BY_KEY)  # type: ignore[arg-type]
    assert set(refused.value.problems) == fields


def test_another_question_begins_anew_and_other_readers_do_not() -> None:
    before = replace(FIRING, acknowledged_by=BOB.id, snoozed_until=NOON, escalation_id="3")
    others = replace(GOOD, readers=("U0BEN",)).over(before, BY_KEY)
    assert (others.is_firing, others.escalation_id) == (True, "3")
    lower = replace(GOOD, threshold="5 min").over(before, BY_KEY)
    assert (lower.is_firing, lower.escalation_id, lower.fired_on) == (False, "", before.fired_on)
