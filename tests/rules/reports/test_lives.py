"""What became of a case: waits, resolutions, and each clock, met or breached and when; a row for each way it can go."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.rules.calendars import BusinessHours
from bot.rules.reports import Clock
from bot.rules.severities import Severity
from tests.casebook import DRAFT, TEAM
from tests.cast import NOON
from tests.rules.reports.stories import REFUND, Story, at, minutes_after

PROMISED = replace(DRAFT, promise_by=at(100))
Tell = Callable[[Story], Story]

# The story; then the verdicts on the clock: (minutes after it was raised, met).
CLAIMS: list[tuple[str, Tell, list[tuple[float, bool]]]] = [
    ("waits, and late", lambda s: s, [(30, False)]),
    ("claimed at once", lambda s: s.claim(10), [(10, True)]),
    ("claimed at the last moment", lambda s: s.claim(30), [(30, True)]),
    ("claimed late", lambda s: s.claim(31), [(30, False)]),
    ("returned in time", lambda s: s.give_back(20), []),
    ("returned late", lambda s: s.give_back(40), [(30, False)]),
    ("withdrawn in time", lambda s: s.withdraw(20), []),
    ("merged in time", lambda s: s.merge(20), []),
    ("fallen: a new wait", lambda s: s.claim(10).fall(200).claim(220), [(10, True), (220, True)]),
    ("fallen and left", lambda s: s.claim(10).fall(200), [(10, True), (230, False)]),
    ("reopened", lambda s: s.claim(5).resolve(50).reopen(60).claim(70), [(5, True), (70, True)]),
    ("sent back", lambda s: s.give_back(5).resubmit(90, tried="x").claim(99), [(99, True)]),
    ("more urgent meanwhile", lambda s: s.be(5, Severity.CRITICAL).claim(15), [(10, False)]),
    ("less urgent meanwhile", lambda s: s.be(5, Severity.NORMAL).claim(90), [(90, True)]),
    ("critical, claimed, less urgent", lambda s: s.claim(20).be(25, Severity.LOW), [(20, True)]),
]
UPDATES: list[tuple[str, Tell, list[tuple[float, bool]]]] = [
    ("never claimed", lambda s: s, []),
    ("claimed and forgotten", lambda s: s.claim(0), [(60, False)]),
    ("a word in time", lambda s: s.claim(0).update(50).resolve(70), [(50, True), (70, True)]),
    ("a word too late", lambda s: s.claim(0).update(70).resolve(80), [(60, False), (80, True)]),
    ("still on it", lambda s: s.claim(0).keep(60).resolve(70), [(60, True), (70, True)]),
    ("resolved in time", lambda s: s.claim(0).resolve(20), [(20, True)]),
    ("waits for the customer", lambda s: s.claim(0).wait(20, 500).resolve(400), [(20, True)]),
    ("woken and forgotten", lambda s: s.claim(0).wait(20, 50).wake(50), [(20, True), (110, False)]),
    ("handed to another", lambda s: s.claim(0).assign(30).resolve(80), [(80, True)]),
    (
        "of another urgency",
        lambda s: s.claim(0).be(30, Severity.CRITICAL).resolve(40),
        [(40, True)],
    ),
    ("returned in time", lambda s: s.claim(0).give_back(20), []),
    ("fallen", lambda s: s.claim(0).fall(90), [(60, False)]),
]
PROMISES: list[tuple[str, Tell, list[tuple[float, bool]]]] = [
    ("left open", lambda s: s, [(100, False)]),
    ("kept", lambda s: s.claim(1).resolve(100), [(100, True)]),
    ("resolved too late", lambda s: s.claim(1).resolve(101), [(100, False)]),
    ("kept, then reopened", lambda s: s.claim(1).resolve(50).reopen(60), [(50, True)]),
    ("withdrawn before", lambda s: s.withdraw(50), []),
    ("merged before", lambda s: s.merge(50), []),
    ("withdrawn after", lambda s: s.withdraw(120), [(100, False)]),
    ("still with its reporter", lambda s: s.give_back(5), [(100, False)]),
    ("withdrawn, and open again", lambda s: s.withdraw(50).reopen(60), [(100, False)]),
    ("replaced in time", lambda s: s.give_back(5).resubmit(50, promise_by=at(300)).claim(60).resolve(290), [(290, True)]),
    ("replaced too late", lambda s: s.give_back(5).resubmit(150, promise_by=at(300)), [(100, False), (300, False)]),
    ("taken back", lambda s: s.give_back(5).resubmit(50, promise_by=None), []),
]  # fmt: skip


def judged(story: Story, clock: Clock, minutes: float = 10_000) -> list[tuple[float, bool]]:
    found = [one for one in story.life(minutes).judged if one.clock is clock]
    return list(
        zip(minutes_after(one.at for one in found), [one.met for one in found], strict=True)
    )


def named(table: list[tuple[str, Tell, list[tuple[float, bool]]]]) -> pytest.MarkDecorator:
    rows = [pytest.param(tell, expected, id=name) for name, tell, expected in table]
    return pytest.mark.parametrize(("tell", "expected"), rows)


@named(CLAIMS)
def test_the_clock_to_claim(tell: Tell, expected: list[tuple[float, bool]]) -> None:
    assert judged(tell(Story()), Clock.CLAIM) == expected


@named(UPDATES)
def test_the_clock_to_the_next_word(tell: Tell, expected: list[tuple[float, bool]]) -> None:
    assert judged(tell(Story()), Clock.UPDATE) == expected


@named(PROMISES)
def test_the_promise(tell: Tell, expected: list[tuple[float, bool]]) -> None:
    assert judged(tell(Story(draft=PROMISED)), Clock.PROMISE) == expected


@pytest.mark.parametrize(("clock", "due"), [(Clock.CLAIM, 30), (Clock.PROMISE, 100)])
def test_what_is_open_is_breached_only_when_its_time_is_over(clock: Clock, due: float) -> None:
    story = Story(draft=PROMISED)
    assert judged(story, clock, due) == []
    assert judged(story, clock, due + 1) == [(due, False)]


def test_timelines_from_before_they_kept_what_changed_are_judged_by_the_teams_clock() -> None:
    story = Story().claim(40).resolve(50).reopen(60).claim(70).resolve(80).reopen(90)
    assert judged(story.forgetful(), Clock.CLAIM) == [(30, False), (70, True), (120, False)]


def test_waits_and_resolutions_are_measured_each_by_itself() -> None:
    life = (
        Story()
        .claim(10)
        .fall(200)
        .claim(225)
        .resolve(300)
        .reopen(400)
        .claim(405)
        .resolve(460)
        .life()
    )
    assert [one.minutes for one in life.claims] == [10, 25, 5]
    assert minutes_after(one.at for one in life.claims) == [10, 225, 405]
    assert [one.minutes for one in life.solutions] == [300, 60]
    assert minutes_after(life.reopened) == [400]


def test_only_working_time_counts() -> None:
    nine_to_five = replace(TEAM, hours=BusinessHours(always_open=False))  # noon is 13:00 there
    life = Story(team=nine_to_five).claim(60 * 20).resolve(60 * 21).life()
    assert [one.minutes for one in life.claims] == [60 * 4]
    assert [one.minutes for one in life.solutions] == [60 * 5]


def test_a_withdrawn_case_that_is_reopened_was_not_resolved() -> None:
    assert Story().withdraw(10).reopen(20).life().reopened == ()


def test_each_resolution_keeps_what_it_gave() -> None:
    more = replace(REFUND, amount_minor=4000)
    story = Story().claim(1).resolve(2).reopen(3).claim(4).resolve(5, more)
    assert [one.resolution for one in story.life().solutions] == [REFUND, more]
    assert [one.resolution for one in story.forgetful().life().solutions] == [None, more]


@pytest.mark.parametrize(
    ("reason", "missing", "added", "expected"),
    [
        ("missing_information", "customer", {"tried": "x"}, "customer"),
        ("missing_information", "", {"tried": "x"}, "tried"),
        ("missing_information", "", {"tried": "x", "customer": "y"}, "customer"),
        ("missing_information", "", {}, ""),
        ("wrong_team", "", {"tried": "x"}, "team"),
        ("known_answer", "", {}, ""),
    ],
)
def test_the_field_that_would_have_spared_a_return(
    reason: str, missing: str, added: dict[str, object], expected: str
) -> None:
    story = Story().give_back(5, reason, missing).resubmit(10, **added)
    [bounce] = story.life().bounces
    assert (bounce.at, bounce.reason, bounce.field) == (at(5), reason, expected)


def test_what_was_added_after_another_return_says_nothing_of_the_first() -> None:
    story = Story().give_back(5).resubmit(10).give_back(15).resubmit(20, ticket="48214")
    assert [one.field for one in story.life().bounces] == ["", "ticket"]


def test_the_order_of_the_lines_does_not_matter() -> None:
    story = Story(draft=PROMISED).claim(10).update(50).wait(60, 90).wake(90).resolve(95)
    there = story.life()
    story.events.reverse()
    assert story.life() == there
    assert there.case.raised_at == NOON
