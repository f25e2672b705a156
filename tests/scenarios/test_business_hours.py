"""Stories of opening hours: a lead sets them up in the form, and a case of Saturday night waits for Monday morning."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.driver.people import Actor
from sandbox.driver.places import Message
from tests.scenarios.escalating import SUMMARY, TICKET, raise_case, shows, told
from tests.scenarios.stage import Stage, choose_for

SATURDAY_NIGHT = datetime(2026, 3, 7, 22, tzinfo=UTC)
MONDAY_NINE = datetime(2026, 3, 9, 8, tzinfo=UTC)  # in Berlin
CRITICAL = "Critical · an owner within 10 minutes"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HOURS: dict[str, object] = dict.fromkeys(WEEKDAYS, "9-13, 14-18")


async def opens_form(stage: Stage) -> Actor:
    """Mara manages Billing and edits it."""
    mara = stage.person("mara")
    await mara.slash("/baton")
    await choose_for(mara, "Edit")
    return mara


async def sets_hours(stage: Stage, **more: object) -> Actor:
    mara = await opens_form(stage)
    assert (await mara.select(mara.modal, "Opening hours", "Only at these hours")).ok
    result = await mara.fill(HOURS | more).submit()
    assert result.ok, result
    return mara


def said_at(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)


async def test_a_lead_sets_the_hours_and_reads_them_in_words(stage: Stage) -> None:
    mara = await opens_form(stage)
    assert "around the clock" in mara.modal.text
    await mara.fill({"Name": "Billing EMEA"})
    await mara.select(mara.modal, "Opening hours", "Only at these hours")
    assert mara.modal.value_of("Name") == "Billing EMEA"
    assert mara.modal.value_of("Monday") == "09:00-17:00"
    assert mara.modal.value_of("Saturday") in {None, ""}

    await mara.fill({"Monday": "nine to five", "Own days off": "Easter"})
    await mara.click(mara.modal, "Show it in words")
    assert "Write hours such as" in mara.modal.text
    await mara.modal.submit()
    assert set(mara.modal.errors) == {"Monday", "Own days off"}
    assert mara.modal.value_of("Monday") == "nine to five"

    right = HOURS | {"Public holidays of": "Germany: Bayern", "Own days off": "2026-03-05 Move"}
    await mara.fill(right)
    await mara.click(mara.modal, "Show it in words")
    assert "Open Mon to Fri 09:00–13:00, 14:00–18:00 (Berlin)." in mara.modal.text
    assert re.search("Next day off: .*Mar.* 2026, Move[.]", mara.modal.text)
    assert (await mara.modal.submit()).ok
    assert "Billing EMEA" in mara.modal.text
    assert "Mon to Fri 09:00–13:00, 14:00–18:00" in mara.modal.text


async def test_whoever_escalates_on_saturday_night_is_told_when_the_team_opens(
    stage: Stage,
) -> None:
    await sets_hours(stage)
    await stage.slack.clock.to(SATURDAY_NIGHT)
    alice, bob = stage.person("alice"), stage.person("bob")
    await alice.slash("/escalate", channel="billing")
    assert "Billing is closed now and opens" in alice.modal.text
    await alice.modal.close()
    card = await raise_case(stage)
    assert "the team opens" in card.words
    await told(stage, alice, "The team is closed now and opens")
    await alice.slash("/escalate", "mine")
    assert "the team opens" in alice.answer
    await bob.slash("/escalate", "list")
    assert "the team opens" in bob.answer
    await bob.opens_home()
    await stage.slack.until(lambda: bob.id in stage.slack.core.views.homes)
    assert "the team opens" in bob.home.text


async def test_its_clock_begins_on_monday_morning_and_then_goes_as_ever(stage: Stage) -> None:
    await sets_hours(stage)
    await stage.slack.clock.to(SATURDAY_NIGHT)
    card = await raise_case(stage)
    await stage.slack.clock.to(MONDAY_NINE - timedelta(minutes=1))
    assert card.thread == []
    assert "the team opens" in card.words
    await stage.slack.clock.forward(minutes=2)
    await shows(stage, card, "The team opened")
    assert "the team opens" not in card.words
    [called] = card.thread
    assert "needs an owner by" in called.text

    await stage.slack.clock.forward(minutes=45)
    _called, warning, breach = card.thread
    assert "7 minutes left" in warning.text
    assert abs(said_at(warning) - MONDAY_NINE - timedelta(minutes=22.5)) < timedelta(seconds=15)
    assert "still needs an owner" in breach.text
    assert abs(said_at(breach) - MONDAY_NINE - timedelta(minutes=30)) < timedelta(seconds=15)


async def test_critical_cases_need_not_wait_if_the_team_says_so(stage: Stage) -> None:
    await sets_hours(stage, **{"Critical escalations": ["Critical ones count around the clock"]})
    await stage.slack.clock.to(SATURDAY_NIGHT)
    slow = await raise_case(stage, **{SUMMARY: "Slow refund", TICKET: "1"})
    fast = await raise_case(
        stage, **{SUMMARY: "Fast refund", TICKET: "2", "How urgent is it?": CRITICAL}
    )
    assert "the team opens" not in fast.words
    await stage.slack.clock.forward(minutes=15)
    assert [said_at(one) < MONDAY_NINE for one in fast.thread] == [True, True, True]
    assert slow.thread == []


async def test_whoever_claims_at_night_is_thanked_and_nothing_calls_on_monday(
    stage: Stage,
) -> None:
    await sets_hours(stage)
    await stage.slack.clock.to(SATURDAY_NIGHT)
    card = await raise_case(stage)
    bob = stage.person("bob")
    await bob.click(card, "Claim")
    await shows(stage, card, f"<@{bob.id}>")
    await stage.slack.clock.to(MONDAY_NINE + timedelta(minutes=50))
    assert card.thread == []
    assert "The team opened" not in card.words


async def test_what_was_due_while_baton_was_away_comes_once_and_in_order(stage: Stage) -> None:
    await sets_hours(stage)
    await stage.slack.clock.to(SATURDAY_NIGHT)
    card = await raise_case(stage)
    stage.forward(days=1, hours=12)
    await stage.slack.until(lambda: len(card.thread) == 1)
    assert "still needs an owner" in card.thread[0].text
    assert "This was to be said" in card.thread[0].text


async def test_a_holiday_and_the_days_around_it_are_no_time_to_find_an_owner(stage: Stage) -> None:
    """Maundy Thursday at ten to six: ten of thirty minutes are left of the week, and the next day is Tuesday."""
    await sets_hours(stage, **{"Public holidays of": "Germany"})
    await stage.slack.clock.to(datetime(2026, 4, 2, 15, 50, tzinfo=UTC))
    card = await raise_case(stage)
    tuesday = datetime(2026, 4, 7, 7, tzinfo=UTC)  # nine in Berlin
    await stage.slack.clock.to(tuesday - timedelta(minutes=1))
    [called] = card.thread
    assert "needs an owner by" in called.text
    await stage.slack.clock.to(tuesday + timedelta(minutes=40))
    due = tuesday + timedelta(minutes=20)
    breach = next(one for one in card.thread if "still needs an owner" in one.text)
    assert timedelta() <= said_at(breach) - due < timedelta(seconds=15)


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        pytest.param(
            # from eleven to seven there are seven hours: the other one is from ten to eleven of the next night
            datetime(2026, 3, 28, 22, tzinfo=UTC),
            datetime(2026, 3, 29, 21, tzinfo=UTC),
            id="an hour is missing",
        ),
        pytest.param(
            # from eleven to six there are eight hours, and it is open until seven
            datetime(2026, 10, 24, 21, tzinfo=UTC),
            datetime(2026, 10, 25, 5, tzinfo=UTC),
            id="an hour comes twice",
        ),
    ],
)
async def test_eight_hours_of_a_night_on_which_the_clocks_change(
    stage: Stage, raised: datetime, due: datetime
) -> None:
    nights: dict[str, object] = dict.fromkeys((*WEEKDAYS, "Saturday", "Sunday"), "22-7")
    await sets_hours(stage, **nights)
    await stage.slack.clock.to(raised)
    slow = "Low · an owner within 8 hours"
    card = await raise_case(stage, **{"How urgent is it?": slow})
    await stage.slack.clock.to(due - timedelta(minutes=1))
    assert not any("still needs an owner" in one.text for one in card.thread)
    await stage.slack.clock.to(due + timedelta(minutes=1))
    breach = next(one for one in card.thread if "still needs an owner" in one.text)
    assert timedelta() <= said_at(breach) - due < timedelta(seconds=15)
