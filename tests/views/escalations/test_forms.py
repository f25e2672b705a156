"""Forms, lists, details, messages and Home: within limits, prefilled, with what the reader may do."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.rules.calendars import BusinessHours
from bot.rules.escalations import (
    Action,
    Draft,
    Returning,
    claimed,
    found_late,
    raised,
    resubmitted,
    returned,
)
from bot.rules.escalations.outcomes import ReturnReason
from bot.rules.severities import Severity
from bot.rules.teams import Team
from bot.text import Text
from bot.views import home
from bot.views.escalations import alarms, closing, details, form, ids, told, usage, words
from bot.views.home import Some, Today
from sandbox.block_kit import check
from tests.casebook import DRAFT, OTHER_TEAM, TEAM
from tests.cast import ALICE, BOB, NOON, WORKSPACE

T = Text("en-US", "Europe/Berlin")
NEW = raised(ALICE, TEAM, DRAFT, number=12, now=NOON)
CLAIMED = claimed(NEW.after, BOB, TEAM, now=NOON)
RETURNED = returned(NEW.after, BOB, TEAM, Returning(ReturnReason.POLICY, "See page 3"), now=NOON)


def block(view: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [one for one in view["blocks"] if one.get("block_id") == name]
    return dict(found)


def valid(view: dict[str, Any]) -> dict[str, Any]:
    assert check.view(view, view["type"]) == []
    return view


def test_the_empty_form_names_the_clock_of_each_severity() -> None:
    view = valid(form.form([TEAM], TEAM, Draft(), T))
    options = [one["text"]["text"] for one in block(view, "severity")["element"]["options"]]
    assert options == [
        "Critical · an owner within 10 minutes",
        "High · an owner within 30 minutes",
        "Normal · an owner within 2 hours",
        "Low · an owner within 8 hours",
    ]
    assert block(view, "severity")["element"]["initial_option"]["value"] == "normal"
    assert [one.get("block_id") for one in view["blocks"]] == [
        *(
            "summary",
            "ticket",
            "customer",
            "severity",
            "category",
            "tried",
            "need",
            "promise",
            "promise_by",
        )
    ]


def test_a_form_keeps_everything_that_was_typed() -> None:
    draft = replace(DRAFT, promise="A call", promise_by=NOON, source="https://example.slack.com/p1")
    view = valid(form.form([TEAM, OTHER_TEAM], OTHER_TEAM, draft, T))
    assert block(view, "summary")["element"]["initial_value"] == DRAFT.summary
    assert block(view, "tried")["element"]["initial_value"] == DRAFT.tried
    assert block(view, "need")["element"]["initial_option"]["value"] == "decision"
    assert block(view, "promise_by")["element"]["initial_date_time"] == int(NOON.timestamp())
    assert block(view, "team")["element"]["initial_option"]["value"] == OTHER_TEAM.id
    assert form.unpack(view["private_metadata"]).source == draft.source
    assert "this message" in json.dumps(view)


def test_a_single_team_is_carried_and_not_asked() -> None:
    view = form.form([TEAM], TEAM, DRAFT, T)
    assert form.unpack(view["private_metadata"]).team_id == TEAM.id
    assert not [one for one in view["blocks"] if one.get("block_id") == "team"]


def test_more_teams_than_a_select_can_hold_still_open() -> None:
    many = [Team(WORKSPACE, f"t{n}", f"Team {n}") for n in range(130)]
    valid(form.form(many, many[0], DRAFT, T))


def test_the_same_ticket_is_said_beside_the_ticket_and_can_be_overruled() -> None:
    view = valid(form.form([TEAM], TEAM, DRAFT, T, CLAIMED.after))
    names = [one.get("block_id") for one in view["blocks"]]
    at = names.index("ticket")
    assert "#12 (Refund not received). <@U0BOB> has it" in json.dumps(view["blocks"][at + 1])
    assert names[at + 2] == form.ANYWAY
    open_one = valid(form.form([TEAM], TEAM, DRAFT, T, NEW.after))
    assert "Waiting for an owner" in json.dumps(open_one["blocks"][at + 1])


def test_what_is_missing_is_asked_in_the_words_of_who_asked() -> None:
    view = valid(form.edit_form(RETURNED.after, TEAM, T))
    assert view["blocks"][0]["text"]["text"] == "<@U0BOB> asked for more: See page 3"
    assert form.unpack(view["private_metadata"]).escalation_id == 12


@pytest.mark.parametrize("make", [closing.return_form, closing.resolve_form, closing.reopen_form])
def test_the_small_forms(make: Any) -> None:
    view = valid(make(CLAIMED.after, T))
    assert form.unpack(view["private_metadata"]).escalation_id == 12
    assert DRAFT.summary in json.dumps(view)


@pytest.mark.parametrize(
    ("locale", "currency"),
    [
        ("en-US", "USD"),
        ("de-DE", "EUR"),
        ("ja-JP", "JPY"),
        ("en", "EUR"),
        ("is-IS", "ISK"),
        ("?", "EUR"),
    ],
)
def test_the_currency_is_the_readers_own(locale: str, currency: str) -> None:
    view = valid(closing.resolve_form(CLAIMED.after, Text(locale, "UTC")))
    assert block(view, "currency")["element"]["initial_option"]["value"] == currency


def test_details_show_the_buttons_of_what_is_possible() -> None:
    view = valid(details.details(CLAIMED.after, [NEW.event, CLAIMED.event], [Action.RESOLVE], T))
    [buttons] = [one for one in view["blocks"] if one["type"] == "actions"]
    assert [one["action_id"] for one in buttons["elements"]] == [ids.RESOLVE]
    shown = json.dumps(view)
    assert shown.index("claimed it") < shown.index("raised it"), "the newest first"


def test_details_show_what_was_replaced() -> None:
    promised = replace(DRAFT, tried="More", severity="low", promise_by=NOON)
    step = resubmitted(RETURNED.after, ALICE, TEAM, promised, now=NOON)
    shown = json.dumps(valid(details.details(step.after, [step.event], [], T)), ensure_ascii=False)
    assert "What was tried: Looked at the payment log → More" in shown
    assert "Severity: High → Low" in shown
    assert "By when: nothing → <!date^" in shown


def test_a_long_timeline_has_pages() -> None:
    events = [NEW.event] * 40
    for page, expected in ((0, ["Earlier"]), (1, ["Later", "Earlier"]), (2, ["Later"])):
        view = valid(details.details(NEW.after, events, [], T, page))
        [*_, last] = view["blocks"]
        assert [one["text"]["text"] for one in last["elements"]] == expected


def test_what_people_are_told_has_all_of_it_in_the_text() -> None:
    for text, blocks in (
        told.raised(NEW.after, TEAM, ["U0BOB", "U0BEN"], T),
        told.raised(NEW.after, TEAM, [], T),
        told.claimed(CLAIMED.after, T),
        told.returned(RETURNED.after, T),
        told.waits_again(NEW.after, T),
        told.withdrawn(NEW.after, T),
        told.reopened(NEW.after, BOB, "It came back", T),
        told.reopened(NEW.after, ALICE, "It came back", T),
    ):
        assert check.message(blocks) == []
        assert "#12 (Refund not received)" in text
    assert (
        "Billing: <@U0BOB>, <@U0BEN>. One of them"
        in told.raised(NEW.after, TEAM, ["U0BOB", "U0BEN"], T)[0]
    )


def test_the_threads_lines_are_kind_and_say_how_late() -> None:
    assert alarms.warning(NEW.after, ["U0BOB", "U0BEN"], 7, T) == (
        "<@U0BOB> <@U0BEN> Still waiting for an owner: #12 (Refund not received), 7 minutes left. "
        "Can one of you take it?"
    )
    step = found_late(NEW.after, BOB, now=NOON)
    on_time = alarms.breach(step.after, [], NOON + timedelta(minutes=30), T)
    assert on_time.startswith("#12 (Refund not received) still needs an owner; it was due <!date^")
    assert "ago" not in on_time
    assert "22 minutes ago" in alarms.breach(step.after, [], NOON + timedelta(minutes=52), T)


def test_usage_repeats_unknown_words_safely() -> None:
    assert "“&lt;!channel&gt;”" in usage.usage(T, "<!channel>")
    assert "/escalate list" in usage.usage(T)


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 minute"), (60, "60 minutes"), (90, "90 minutes"), (120, "2 hours")]
)
def test_lengths_of_time(count: int, said: str) -> None:
    assert words.minutes(count, T) == said


def test_every_severity_has_its_own_sign() -> None:
    assert len(set(words.DOTS.values())) == len(Severity)


NONE = Some([], 0)


def test_home_for_somebody_in_no_team_welcomes_and_says_whom_to_ask() -> None:
    today = Today(has_team=False, may_set_up=False, owned=NONE, raised=NONE, admins=["<@U0ADA>"])
    shown = json.dumps(valid(home.home(today, T)))
    assert "Welcome" in shown
    assert "<@U0ADA>" in shown
    alone = json.dumps(valid(home.home(replace(today, admins=[]), T)))
    assert "Whoever installed Baton" in alone


def test_home_for_a_lead_shows_what_waits_first() -> None:
    cases = [replace(NEW.after, id=n) for n in range(1, 11)]
    today = Today(
        has_team=True,
        may_set_up=True,
        owned=Some([CLAIMED.after], 1),
        raised=NONE,
        waiting=Some(cases, 14),
    )
    view = valid(home.home(today, T))
    shown = json.dumps(view)
    assert shown.index("Waiting for an owner") < shown.index("You own") < shown.index("You raised")
    assert "and 4 more" in shown
    [row] = [one for one in view["blocks"] if one["type"] == "actions"]
    *buttons, more = row["elements"]
    assert [one["text"]["text"] for one in buttons] == [
        "Escalate",
        "Thank somebody",
        "Coaching",
        "Stand-ups",
    ]
    assert [one["text"]["text"] for one in more["options"]] == [
        "My escalations",
        "Open in my teams",
        "Shifts",
        "I'm away",
        "My kudos",
        "My team's kudos",
        "My numbers",
        "Team numbers",
        "My data",
        "Set-up",
    ]


OFFICE = replace(TEAM, hours=BusinessHours(always_open=False))
CLOSED = raised(ALICE, OFFICE, DRAFT, number=12, now=NOON + timedelta(hours=10))


def test_whoever_escalates_to_a_closed_team_is_told_when_it_opens() -> None:
    opens = "The team is closed now and opens <!date^1772524800^"
    for text, blocks in (
        told.raised(CLOSED.after, TEAM, ["U0BOB"], T),
        told.raised(CLOSED.after, TEAM, [], T),
        told.reopened(CLOSED.after, BOB, "It came back", T),
        told.waits_again(CLOSED.after, T),
    ):
        assert check.message(blocks) == []
        assert opens in text
        assert opens in str(blocks)
    assert "closed" not in told.waits_again(NEW.after, T)[0]


def test_the_form_says_that_the_team_is_closed_and_who_need_not_wait() -> None:
    view = form.form([TEAM], TEAM, DRAFT, T, opens=CLOSED.after.opens_at)
    assert check.view(view, "modal") == []
    assert "Billing is closed now and opens <!date^1772524800^" in str(view)
    assert "Critical" not in str(view["blocks"][0])
    urgent = replace(TEAM, hours=BusinessHours(always_open=False, critical_always=True))
    view = form.form([urgent], urgent, DRAFT, T, opens=CLOSED.after.opens_at)
    assert "Critical cases do not wait for that." in str(view["blocks"][0])
    assert "closed" not in str(form.form([TEAM], TEAM, DRAFT, T))
