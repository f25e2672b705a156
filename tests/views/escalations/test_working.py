"""The small forms of a case that is worked on: within limits in every language, prefilled, and read back as they were meant."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.rules.calendars import BusinessHours
from bot.rules.escalations import (
    Escalation,
    Rating,
    Update,
    Wait,
    WaitingOn,
    claimed,
    followed,
    raised,
    rated,
    released,
    resolved,
    severity_changed,
    updated,
    waited,
    written,
)
from bot.rules.severities import Severity
from bot.text import Text
from bot.views.escalations import form, lines, news, working
from sandbox.block_kit import check
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BEN, BOB, NOON
from tests.views.escalations.test_card import OUTCOME

T = Text("en-US", "Europe/Berlin")
OFFICE = replace(TEAM, hours=BusinessHours(always_open=False))
LONG = replace(DRAFT, summary="&<" * 75)
CLAIMED = claimed(
    raised(ALICE, TEAM, LONG, number=123456, now=NOON).after, BOB, TEAM, now=NOON
).after
WORDS = Update("Bank <asks>", "We call them", "A scan")
UPDATED = updated(CLAIMED, BOB, TEAM, WORDS, now=NOON).after
WAIT = Wait(WaitingOn.THIRD_PARTY, "The bank", NOON + timedelta(hours=4))
WAITING = waited(UPDATED, BOB, WAIT, now=NOON).after
FOLLOWED = followed(CLAIMED, BOB, frozenset({"U2", "U1"}), now=NOON).after
FORMS: list[Callable[[Escalation, Text], dict[str, Any]]] = [
    lambda case, t: working.wait_form(case, OFFICE, t, now=NOON),
    lambda case, t: working.update_form(case, OFFICE, t, now=NOON),
    lambda case, t: working.severity_form(case, OFFICE, t),
    working.release_form,
    working.owner_form,
    working.followers_form,
    working.note_form,
    working.escalate_form,
    working.deescalate_form,
]


def block(view: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [one for one in view["blocks"] if one.get("block_id") == name]
    return dict(found)


@pytest.mark.parametrize("language", ["en", "el", "uk"])
@pytest.mark.parametrize("make", FORMS)
def test_every_form_fits_and_knows_its_case(
    make: Callable[[Escalation, Text], dict[str, Any]], language: str
) -> None:
    for case in (CLAIMED, UPDATED, WAITING, FOLLOWED):
        view = make(case, Text(language, "Europe/Berlin"))
        assert check.view(view, "modal") == []
        assert form.unpack(view["private_metadata"]).escalation_id == case.id
        assert not view["title"]["text"].endswith("…"), "a title that is cut says little"
        assert not view["submit"]["text"].endswith("…")


def offered(view: dict[str, Any], name: str) -> dict[str, str]:
    options = block(view, name)["element"]["options"]
    return {one["value"]: one["text"]["text"] for one in options}


def test_a_wait_offers_times_and_says_when_they_are() -> None:
    view = working.wait_form(CLAIMED, OFFICE, T, now=NOON)
    tomorrow = f"{datetime(2026, 3, 3, 8, tzinfo=UTC).timestamp():.0f}"
    assert offered(view, "soon") == {"+60": "In 60 minutes", tomorrow: "Tomorrow morning"}
    [option] = [
        one for one in block(view, "soon")["element"]["options"] if one["value"] == tomorrow
    ]
    assert option["description"]["text"] == "Tue 9:00\u202fAM"


def test_a_case_that_waits_already_keeps_what_it_said() -> None:
    view = working.wait_form(WAITING, TEAM, T, now=NOON)
    assert block(view, "on")["element"]["initial_option"]["value"] == "third_party"
    assert block(view, "why")["element"]["initial_value"] == "The bank"


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("+15", NOON + timedelta(minutes=15)),
        (f"{NOON.timestamp():.0f}", NOON),
        ("-", None),
        ("", None),
    ],
)
def test_an_offered_time_is_read_back(value: str, moment: datetime | None) -> None:
    assert working.chosen_time(value, now=NOON) == moment


def test_an_update_says_what_was_said_last_and_when_the_next_is_due() -> None:
    first = json.dumps(working.update_form(CLAIMED, TEAM, T, now=NOON), ensure_ascii=False)
    assert "High: after this word the next one is due within 60 minutes" in first
    assert "Your last word" not in first
    later = json.dumps(working.update_form(UPDATED, TEAM, T, now=NOON), ensure_ascii=False)
    assert "*How it stands:* Bank &lt;asks&gt;" in later
    waits = json.dumps(working.update_form(WAITING, TEAM, T, now=NOON), ensure_ascii=False)
    assert "It goes on waiting" in waits
    view = working.update_form(CLAIMED, TEAM, T, now=NOON)
    assert list(offered(view, "remind_at").values()) == [
        *("No reminder", "In 15 minutes", "In 60 minutes", "In 4 hours", "Tomorrow morning"),
    ]


def test_who_follows_is_chosen_already_and_carried_along() -> None:
    view = working.followers_form(FOLLOWED, T)
    assert block(view, "people")["element"]["initial_users"] == ["U1", "U2"]
    assert list(form.unpack(view["private_metadata"]).followers) == ["U1", "U2"]
    many = replace(FOLLOWED, followers=frozenset(f"U0123456789{n:03}" for n in range(50)))
    assert check.view(working.followers_form(many, T), "modal") == []


def test_the_owner_is_said_to_keep_what_goes_up() -> None:
    assert "Its owner keeps it" in json.dumps(working.escalate_form(CLAIMED, T))
    nobodys = released(CLAIMED, BOB, TEAM, "Ill", now=NOON).after
    assert "Its owner keeps it" not in json.dumps(working.escalate_form(nobodys, T))


def test_the_timeline_says_how_urgent_it_was_and_is_once() -> None:
    step = severity_changed(CLAIMED, BOB, TEAM, Severity.LOW, "No rush", now=NOON)
    assert lines.what(step.event, T) == "<@U0BOB> changed how urgent it is: High → Low"
    assert list(lines.details(step.event, T)) == []


@pytest.mark.parametrize("link", ["", "https://example.slack.com/p1"])
def test_a_note_leads_to_its_message_if_it_has_one(link: str) -> None:
    event = written(CLAIMED, BOB, "Paid", now=NOON, author=BEN.id, link=link).event
    assert list(lines.details(event, T)) == ([f"<{link}|the message>"] if link else [])
    nobodys = written(CLAIMED, BOB, "Paid", now=NOON, link=link).event
    assert lines.what(nobodys, T) == "<@U0BOB> noted"
    assert list(lines.details(nobodys, T)) == list(lines.details(event, T))


def test_a_click_is_answered_with_what_comes_next() -> None:
    assert "The next word on #123456 is due <!date^" in news.still_yours(CLAIMED, T)
    done = resolved(CLAIMED, BOB, OUTCOME, now=NOON).after
    helped = rated(done, ALICE, Rating.PARTLY, now=NOON).after
    assert "Noted for #123456: It helped in part." in news.thanked(helped, T)


@pytest.mark.parametrize("reader", [BEN.id, BOB.id, ALICE.id])
def test_news_fit_however_long_the_words_are(reader: str) -> None:
    nasty = "&\n" * 500
    for step in (
        updated(CLAIMED, BOB, TEAM, Update(nasty, nasty, nasty), now=NOON),
        released(CLAIMED, BOB, TEAM, nasty, now=NOON),
        waited(CLAIMED, BOB, replace(WAIT, why=nasty), now=NOON),
    ):
        text, blocks = news.news(step.after, step.event, T, reader=reader)
        assert check.message(blocks) == []
        assert text
