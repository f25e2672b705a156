"""How policies look: within Slack's limits at their fullest, in words and times, with no button that would be refused."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.people import Role
from bot.rules.calendars import BusinessHours
from bot.rules.policies import (
    Floor,
    Level,
    Outside,
    Policy,
    Scene,
    Target,
    TargetKind,
    Why,
    default_policy,
)
from bot.rules.policies.doubts import Place
from bot.rules.policies.forecasts import forecast
from bot.rules.policies.seen import Dry, TeamPolicies
from bot.rules.severities import Severity
from bot.rules.shifts import Span
from bot.rules.teams import Group, SetUp, Team, TeamSeen
from bot.text import Text
from bot.views.blocks import Block
from bot.views.policies import dry, forms, ids, listing, page, words
from bot.views.teams import overview
from sandbox.block_kit import check
from tests.cast import NOON, WORKSPACE
from tests.rules.policies.made import OFFICE, SATURDAY

K = TargetKind
T = Text()
MINUTE = timedelta(minutes=1)
NASTY = "<!channel> *&* `x`"
TEAM = Team(
    WORKSPACE,
    "t1",
    NASTY,
    hours=BusinessHours(always_open=False, critical_always=True),
    severity_names={Severity.HIGH: "<!here>"},
)
PEOPLE = tuple(f"U0{n:09}" for n in range(20))
GROUPS = {f"S{n}": Group(f"S{n}", NASTY, PEOPLE) for n in range(5)}
TEN = (
    Target(K.LEAD_ON_SHIFT),
    Target(K.LEADS),
    Target(K.REPORTERS_LEAD),
    Target(K.EVERYONE),
    *(Target(K.GROUP, one) for one in GROUPS),
    Target(K.ROUND_ROBIN, people=PEOPLE),
)
PEOPLE_ALONE = tuple(Target(K.PERSON, one) for one in PEOPLE[:9])
HUGE = Policy(
    WORKSPACE,
    "p" * 32,
    "t" * 32,
    NASTY,
    frozenset(Severity),
    (Level(TEN, 10080),) * 5 + (Level((*PEOPLE_ALONE, Target(K.CHANNEL, "C1")), 0),) * 5,
    repeats=9,
    repeat_from=9,
    outside=Outside.OTHER,
    other_policy_id="gone",
    warned=TEN,
    breached=PEOPLE_ALONE,
)
NIGHT = replace(HUGE, id="night", only_instead=True, severities=frozenset(), outside=Outside.ANYWAY)
FULL = TeamPolicies(TEAM, [replace(HUGE, id=f"p{n}") for n in range(20)], Scene(), GROUPS, True)  # noqa: FBT003
EMPTY = TeamPolicies(TEAM, [], Scene())
SMALL = replace(HUGE, levels=(Level((Target(K.LEADS),), 5),), repeats=0, repeat_from=0)


def tried(policy: Policy, scene: Scene, *, others: Sequence[Policy] = (), **more: Any) -> Dry:
    at = more.get("at", NOON)
    known = [policy, *others]
    found = forecast(policy, known, OFFICE, Floor(scene), {}, at=at, until=at + timedelta(weeks=8))
    return Dry(TEAM, Severity.HIGH, at, policy, found, GROUPS)


THERE = Scene(
    members={Role.LEAD: PEOPLE, Role.MANAGER: PEOPLE, Role.AGENT: PEOPLE},
    known=frozenset(PEOPLE),
    reporters_leads=PEOPLE,
    groups=dict.fromkeys(GROUPS, PEOPLE),
)
FAST = replace(HUGE, levels=tuple(replace(one, minutes=1) for one in HUGE.levels), repeat_from=0)
MODALS = [
    listing.team_policies(FULL, T),
    listing.team_policies(EMPTY, T),
    listing.team_policies(replace(EMPTY, scene=THERE, may_set=True), T),
    page.policy_page(HUGE, FULL, T),
    page.policy_page(NIGHT, FULL, T),
    page.policy_page(SMALL, FULL, T),
    forms.settings_form(FULL, HUGE, T),
    forms.settings_form(FULL, NIGHT, T),
    forms.settings_form(EMPTY, default_policy(TEAM, Severity.HIGH), T),
    *(forms.level_form(FULL, HUGE, index, T) for index in (0, 9, None)),
    *(forms.hearers_form(FULL, HUGE, place, T) for place in (Place.WARNED, Place.BREACHED)),
    dry.dry_form(tried(HUGE, THERE), T),
    dry.dry_form(tried(HUGE, Scene()), T),
    dry.dry_form(tried(FAST, THERE), T),
    dry.dry_form(tried(default_policy(TEAM, Severity.HIGH), THERE, at=SATURDAY), T),
]


@pytest.mark.parametrize("view", MODALS)
def test_every_view_is_within_slacks_limits(view: Block) -> None:
    assert check.view(view, "modal") == []


@pytest.mark.parametrize("language", ["el", "uk"])
def test_in_every_language_too(language: str) -> None:
    t = Text(language)
    for view in (
        listing.team_policies(FULL, t),
        page.policy_page(HUGE, FULL, t),
        forms.settings_form(FULL, HUGE, t),
        forms.level_form(FULL, HUGE, 0, t),
        dry.dry_form(tried(FAST, THERE), t),
    ):
        assert check.view(view, "modal") == []


@pytest.mark.parametrize("view", MODALS)
def test_what_was_typed_cannot_become_a_mention(view: Block) -> None:
    for one in _mrkdwn(view):
        assert "<!channel>" not in one
        assert "<!here>" not in one


def _mrkdwn(thing: object) -> list[str]:
    if isinstance(thing, list):
        return [text for one in thing for text in _mrkdwn(one)]
    if isinstance(thing, dict):
        if thing.get("type") == "mrkdwn":
            return [str(thing["text"])]
        return [text for one in thing.values() for text in _mrkdwn(one)]
    return []


def test_buttons_are_drawn_for_those_who_may() -> None:
    for_all = replace(FULL, may_set=False)
    for view, action in (
        (listing.team_policies, ids.NEW),
        *(
            (lambda seen, t: page.policy_page(HUGE, seen, t), action)
            for action in (ids.CHANGE, ids.LEVEL_CHANGE, ids.LEVEL_UP, ids.LEVEL_DOWN)
        ),
        *(
            (lambda seen, t: page.policy_page(HUGE, seen, t), action)
            for action in (ids.LEVEL_REMOVE, ids.HEARERS, ids.REMOVE)
        ),
        (lambda seen, t: page.policy_page(SMALL, seen, t), ids.LEVEL_NEW),
    ):
        assert action not in json.dumps(view(for_all, T))
        assert action in json.dumps(view(FULL, T))


def test_the_first_level_cannot_go_up_and_the_last_not_down() -> None:
    drawn = json.dumps(page.policy_page(HUGE, FULL, T))
    assert f"{ids.LEVEL_UP}:0" not in drawn
    assert f"{ids.LEVEL_DOWN}:9" not in drawn
    assert ids.LEVEL_NEW not in drawn  # ten are enough
    alone = json.dumps(page.policy_page(SMALL, FULL, T))
    assert ids.LEVEL_REMOVE not in alone


def test_every_team_has_a_way_to_its_policies() -> None:
    seen = tuple(TeamSeen(replace(TEAM, id=f"t{n}"), (), frozenset(), False) for n in range(300))  # noqa: FBT003
    view = overview.overview(SetUp(seen, may_set_up=True), T)
    assert check.view(view, "modal") == []
    assert ids.OPEN in json.dumps(view)


CLIMBS = replace(
    SMALL,
    levels=(
        Level((Target(K.LEAD_ON_SHIFT),), 15),
        Level((Target(K.LEADS),), 15),
        Level((Target(K.MANAGER), Target(K.PERSON, "U1")), 30),
    ),
    repeats=3,
    repeat_from=1,
    outside=Outside.QUEUE,
)


def test_a_policy_in_words() -> None:
    assert words.in_words(CLIMBS, FULL, T) == (
        "at once: the lead on shift · after 15 minutes: all leads · after 30 minutes: the manager, <@U1>"
        " · then again from level 2, 3 times · outside opening hours it waits until the team opens"
    )
    assert words.in_words(SMALL, EMPTY, T).startswith("at once: all leads · outside opening hours")
    always = replace(EMPTY, team=replace(TEAM, hours=BusinessHours()))
    assert words.in_words(SMALL, always, T) == "at once: all leads · the team is always open"
    night = replace(FULL, policies=[replace(NIGHT, name="Night")])
    hands_over = replace(CLIMBS, outside=Outside.OTHER, other_policy_id="night")
    assert words.in_words(hands_over, night, T).endswith("outside opening hours “Night” takes over")


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ({Severity.CRITICAL, Severity.LOW}, "for Critical, Low"),
        ({Severity.HIGH}, "for &lt;!here&gt;"),
        (set(), "for every severity without its own policy"),
    ],
)
def test_for_which_cases_it_is(severities: set[Severity], said: str) -> None:
    policy = replace(CLIMBS, severities=frozenset(severities))
    assert words.severities(TEAM, policy, T) == said


def test_what_a_lead_should_look_at() -> None:
    seen = replace(FULL, scene=replace(THERE, members={Role.LEAD: PEOPLE}))
    lines = words.doubts(seen.doubts(replace(CLIMBS, warned=(Target(K.MANAGER),))), {}, T)
    assert lines[:3] == [
        "Level 3 reaches nobody: the manager, as this team has no manager.",
        "Level 3 reaches nobody: <@U1>, as they can't be told any more.",
        "Three quarters of the time: the manager is not reached, as this team has no manager.",
    ]
    default = json.dumps(listing.team_policies(replace(EMPTY, scene=seen.scene), T))
    assert "Level 2: the manager is not reached" in default
    assert "critical ones do not wait" in default
    assert "No policy hands over" in json.dumps(page.policy_page(NIGHT, FULL, T))


def test_the_dry_run_in_words_and_times() -> None:
    scene = Scene(
        members={Role.LEAD: ("U1", "U2"), Role.MANAGER: ("U9",)},
        known=frozenset({"U1", "U2", "U9"}),
        has_shifts=True,
    )
    found = tried(replace(CLIMBS, name="Ours"), scene)
    duties = {"U1": [Span(NOON, NOON + MINUTE)]}
    until = NOON + timedelta(weeks=8)
    found = replace(
        found,
        forecast=forecast(found.policy, [], OFFICE, Floor(scene, duties), {}, at=NOON, until=until),
    )
    told = [line.partition("|")[2].replace(">: ", " ", 1) for line in dry.lines(found, T)]
    assert told[1:4] == [
        "Mar 2, 2026, 12:00:00\u202fPM <@U1> (the lead on shift)",
        "Mar 2, 2026, 12:15:00\u202fPM <@U1>, <@U2> (all leads)",
        "Mar 2, 2026, 12:30:00\u202fPM <@U9> (the manager); <@U1>",
    ]
    lines = dry.lines(found, T)
    assert lines[0] == "*Ours* applies."
    assert lines[4].startswith("*Again, 1 of 3*\n")
    assert "<@U1>, <@U2> · " in lines[4]
    assert lines[-1] == "Then the last level is told once a day, until somebody takes the case."


def test_the_dry_run_says_why_nobody_is_reached() -> None:
    nobody = dry.lines(tried(SMALL, Scene()), T)
    assert nobody[1].endswith("level 1 reaches nobody: all leads (nobody leads this team)")
    assert nobody[-1].startswith("Then Baton tries the last level again")
    closed = dry.lines(tried(CLIMBS, THERE, at=SATURDAY), T)
    assert closed[1].startswith("The team is closed then, so the case waits until ")
    no_shifts = dry.lines(replace(tried(CLIMBS, THERE), has_shifts=False), T)
    assert no_shifts[1] == "No shifts are set up yet, so every lead counts as on shift."
    day = replace(CLIMBS, outside=Outside.OTHER, other_policy_id="night")
    others = [replace(NIGHT, name="Night", levels=SMALL.levels, repeats=0, repeat_from=0)]
    taken = dry.lines(tried(day, THERE, at=SATURDAY, others=others), T)
    assert taken[1] == "The team is closed then: “Night” takes over."


def test_every_why_has_words() -> None:
    assert set(words.WHY) == set(Why)
    assert set(words.KINDS) | {K.PERSON, K.GROUP, K.CHANNEL, K.ROUND_ROBIN} == set(K)
    assert set(words.OUTSIDE) == set(Outside)
