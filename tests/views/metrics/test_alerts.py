"""Alerts and targets as they look: in plain words of three languages, escaped, and within Slack's limits however many there are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.rules.metrics.alert.alert_forms import Draft, Opened, Preview, Seen, Telling
from bot.rules.metrics.alert.alerts import Alert, Happened, Kind, Look, Side, Standing, Told
from bot.rules.metrics.alert.targets import Draft as TargetDraft
from bot.rules.metrics.alert.targets import Seen as TargetsSeen
from bot.rules.metrics.alert.targets import Target
from bot.rules.metrics.definition.registry import BY_KEY, METRICS, Direction, Metric, Unit
from bot.rules.metrics.definition.values import Value
from bot.rules.reports.periods import Period
from bot.rules.teams import Team
from bot.text import Text
from bot.views.metrics import alert_pages, alert_words, alerts, targets
from sandbox.block_kit import check
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE

T, GREEK, UKRAINIAN = Text("en-US"), Text("el-GR"), Text("uk-UA")
TODAY = date(2026, 3, 2)
TEAM = Team(WORKSPACE, BILLING, "Billing <!here>" + "x" * 100)
OWN = Metric("own", "<!channel> & " + "y" * 200, "words", Unit.SECONDS, Direction.DOWN, "a", "b")
KNOWN = {**BY_KEY, **{f"own{n}": replace(OWN, key=f"own{n}") for n in range(50)}, "own": OWN}
PEOPLE = tuple(f"U0{n:09}" for n in range(20))
ALERT = Alert(
    *(WORKSPACE, "a" * 32, BILLING, "", "aht", Side.ABOVE, 360_000, 324_000, 9, 7, PEOPLE, BOB.id),
    is_firing=True,
    fired_on=TODAY,
)
FIRED = Happened(
    ALERT.id, Kind.FIRED, NOON, "", 400_000, 312, Told(TODAY, Period(TODAY, TODAY)).packed()
)
LOOK = Look(Standing.FEW, TODAY, NOON, Value(400, 8, denominator=8), Period(TODAY, TODAY))
DRAFT = Draft("aht", "", "above", "6:00", "5:24", "9", "7", PEOPLE)


def told(
    alert: Alert = ALERT, metric: Metric = BY_KEY["aht"], history: Sequence[Happened] = (FIRED,)
) -> Telling:
    return Telling(alert, metric, TEAM, history, NOON)


def target(number: int) -> Target:
    return Target(
        *(WORKSPACE, f"{number}", f"own{number % 50}", BILLING, ALICE.id, 360_000),
        *(TODAY - timedelta(days=number), None, BOB.id, NOON),
    )


@pytest.mark.parametrize(
    ("t", "says"),
    [
        (T, "is above 6 min: 6 min 40 s over 7 days, of 312"),
        (GREEK, "είναι πάνω από"),
        (UKRAINIAN, "вище"),
    ],
)
def test_it_says_plainly_what_is_so(t: Text, says: str) -> None:
    text, blocks = alerts.card(told(), [], t, may_set=True)
    assert says in text
    assert check.message(blocks) == []


def test_an_amount_and_a_share_say_what_they_are_of() -> None:
    below = replace(ALERT, metric="csat", side=Side.BELOW, threshold=80_000)
    csat = Value(72.5, 40, numerator=29, denominator=40)
    told = alert_words.says(below, BY_KEY["csat"], replace(TEAM, name="Billing"), csat, T)
    assert told == "*CSAT* in Billing is below 80 %: 72.5 % over 7 days, of 40"
    contacts = alert_words.seen(ALERT, BY_KEY["contacts"], Value(5_000), T)
    assert contacts == "5,000 over 7 days"


def test_what_people_typed_cannot_become_a_broadcast() -> None:
    own = replace(ALERT, metric="own")
    message = str(alerts.card(told(own, OWN), [], T))
    seen = Seen(TEAM, [TEAM], [own], KNOWN, 10, may_set=True)
    opened = Opened(TEAM, own, OWN, LOOK, [FIRED])
    for drawn in (
        message,
        str(alert_pages.page(seen, 0, T)),
        str(alert_pages.one_alert(opened, T)),
    ):
        for block in ("'text': '*<!", "<!here> in", "*<!channel>*"):
            assert block not in drawn
        assert "&lt;!" in drawn
    draft = alerts.drafted(told(own, OWN), T)
    assert draft.summary.startswith("<!channel>")
    assert "&lt;" not in draft.tried


@pytest.mark.parametrize("t", [T, GREEK, UKRAINIAN])
def test_however_much_there_is_it_fits(t: Text) -> None:
    every = [replace(ALERT, id=f"{n:032}", metric=f"own{n}", person_id=ALICE.id) for n in range(50)]
    teams = [replace(TEAM, id=f"t{n}") for n in range(150)]
    blind = frozenset(one.id for one in every)
    seen = Seen(TEAM, teams, every, KNOWN, 10, may_set=True, blind=blind)
    before = [(TODAY, Kind.FIRED, Value(400, 99))] * 30
    history = [replace(FIRED, kind=kind) for kind in Kind] * 5
    views = [
        *(alert_pages.page(seen, at, t) for at in range(3)),
        alert_pages.form(seen, DRAFT, ALERT, t),
        alert_pages.one_alert(Opened(TEAM, every[0], OWN, LOOK, history, may_set=True), t),
        alert_pages.preview(Preview(TEAM, ALERT, OWN, LOOK, before), DRAFT, t),
    ]
    held = TargetsSeen(TEAM, teams, [target(n) for n in range(60)], KNOWN, TODAY, may_set=True)
    views += [targets.page(held, at, t) for at in range(3)]
    views += [targets.form(held, TargetDraft(metric, ALICE.id), t) for metric in ("", "own1")]
    for view in views:
        assert check.view(view, "modal") == []


def test_the_story_of_a_message_is_told_in_order() -> None:
    after = replace(
        ALERT, acknowledged_by=BOB.id, acknowledged_at=NOON, escalation_id="7", snoozed_until=NOON
    )
    history = [FIRED, *(replace(FIRED, kind=kind) for kind in (Kind.SEEN, Kind.SNOOZED))]
    text, blocks = alerts.card(told(after, history=history), [], T)
    order = [text.index(one) for one in ("Seen by", "escalation #7", "Snoozed until")]
    assert order == sorted(order)
    assert "Make it an escalation" not in str(blocks)
    assert len(METRICS) < 100
