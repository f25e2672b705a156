"""How the set-up of stand-ups looks: within Slack's limits at its fullest and in every language, in words, nothing lost."""

import json
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.errors import Refused
from bot.people import Role
from bot.rules.calendars import WEEKDAYS, BusinessHours, DayOff
from bot.rules.spans import Span
from bot.rules.standups import Kind, Moment, Question, Schedule, StandUp
from bot.rules.standups.drafts import (
    CAN_BE_ASKED,
    QuestionDraft,
    question_draft_of,
    settings_draft_of,
)
from bot.rules.standups.outlook import (
    Concern,
    Doubt,
    Listed,
    TeamStandUps,
    Why,
    known_for,
    outlook,
)
from bot.rules.standups.planning import Floor
from bot.rules.teams import SetUp, Team, TeamSeen
from bot.text import Text, languages
from bot.views.blocks import Block
from bot.views.standups import calendar, ids, questions, settings, setup, setup_words
from bot.views.teams import overview
from sandbox.block_kit import check
from tests.cast import NOON
from tests.views.drawn import mrkdwn_of

T = Text()
NASTY = "<!channel> *&* `x`"
LATER = NOON + timedelta(hours=1)
TEAM = Team("T", "t" * 32, NASTY, zone="Europe/Athens")
QUESTIONS = tuple(
    Question(
        f"{number}" * 32,
        list(Kind)[number % 6],
        (NASTY * 10)[:150],
        is_required=True,
        options=tuple(f"{one} {NASTY * 4}"[:75] for one in range(20)),
        follow_up=(NASTY * 10)[:150],
    )
    for number in range(10)
)
FULL = StandUp(
    "T",
    "s" * 32,
    TEAM.id,
    (NASTY * 4)[:60],
    QUESTIONS,
    Schedule(Moment.PERSON, WEEKDAYS, time(22, 15), window_minutes=719),
    frozenset(CAN_BE_ASKED),
    "C0123456789",
)
BY_SHIFT = replace(FULL, schedule=replace(FULL.schedule, moment=Moment.SHIFT), is_active=False)
PEOPLE = [f"U0{number:03}" for number in range(200)]
ZONES = ("Europe/Athens", "America/New_York", "Asia/Kathmandu")


def crowd(count: int) -> Floor:
    """So many people in three zones, half of them away, in a fortnight with a day off."""
    window = known_for(NOON, TEAM.zone)
    off = DayOff(NOON.date() + timedelta(days=2), NOON.date() + timedelta(days=2), NASTY)
    days = [window.start + timedelta(days=one) for one in range(20)]
    return Floor(
        replace(TEAM, hours=BusinessHours(always_open=False, days_off=(off,))),
        window,
        {one: frozenset({Role.AGENT}) for one in PEOPLE[:count]},
        {one: ZONES[number % 3] for number, one in enumerate(PEOPLE[:count])},
        away={one: [Span(at, at + timedelta(hours=23)) for at in days[::2]] for one in PEOPLE[::2]},
    )


SEEN = {count: outlook(FULL, crowd(count), NOON) for count in (0, 1, 5, 50, 200)}
HELD = calendar.Carried(TEAM.id, "", settings_draft_of(FULL))
OUTLOOKS = [
    *SEEN.values(),
    outlook(BY_SHIFT, crowd(200), NOON),
    replace(SEEN[200], doubts=tuple(Doubt(one, tuple(PEOPLE), Why.AWAY) for one in Concern)),
]


def settings_of(standup: StandUp, t: Text) -> list[Block]:
    draft = settings_draft_of(standup)
    held = settings.Carried(TEAM.id, standup.id, 7, base=draft)
    told = settings.changed_meanwhile("U1", list(settings.LABELS), t)
    return [
        settings.edit_form(TEAM, Listed(standup, NOON, LATER), t),
        settings.new_form(replace(TEAM, team_channel="C1"), replace(standup, id=""), "floor", t),
        settings.settings_form(TEAM, draft, held, t, above=told),
    ]


def question_forms(t: Text) -> list[Block]:
    held = questions.Carried(TEAM.id, FULL.id, 3, "q" * 32)
    told = questions.changed_meanwhile("U1", "q", QUESTIONS[0], t)
    gone = questions.changed_meanwhile("U1", "q", None, t)
    return [
        *(questions.question_form(question_draft_of(one), held, t, told) for one in QUESTIONS),
        questions.question_form(QuestionDraft(), replace(held, question=""), t, gone),
        questions.question_form(QuestionDraft(kind="", options='"' * 1500), held, t),
    ]


def everything(t: Text) -> list[Block]:
    teams = [replace(TEAM, id=f"t{number}") for number in range(99)]
    listed = [Listed(replace(FULL, id=f"{n}" * 32), NOON, LATER) for n in range(10)]
    return [
        setup.team_standups(TeamStandUps(TEAM), t),
        setup.team_standups(TeamStandUps(TEAM, listed, teams), t),
        setup.templates(TEAM, t),
        setup.standup_page(Listed(FULL, NOON, LATER), TEAM, t),
        setup.standup_page(Listed(BY_SHIFT), TEAM, t),
        *settings_of(FULL, t),
        *settings_of(BY_SHIFT, t),
        *question_forms(t),
        *(calendar.calendar(one, HELD, t, page) for one in OUTLOOKS for page in (0, 7, 99)),
    ]


@pytest.mark.parametrize("language", languages())
def test_every_view_is_within_slacks_limits_and_escaped(language: str) -> None:
    for view in everything(Text(language, "Europe/Athens")):
        assert check.view(view, "modal") == []
        assert not [one for one in mrkdwn_of(view) if "<!channel>" in one]
        assert len(view["private_metadata"]) <= questions.METADATA_LIMIT


@pytest.mark.parametrize("language", languages())
def test_no_choice_and_no_title_is_cut_short(language: str) -> None:
    t = Text(language)
    offered = [
        *setup_words.MOMENTS.values(),
        *setup_words.KINDS.values(),
        *setup_words.PURPOSES.values(),
        *setup_words.HEEDS.values(),
    ]
    assert [one for one in offered if len(t(one)) > 75] == []
    views = [*everything(t)[:6], questions.question_form(QuestionDraft(), QUESTION_HELD, t)]
    for view in [*views, calendar.calendar(SEEN[1], HELD, t)]:
        assert not view["title"]["text"].endswith("…")


QUESTION_HELD = questions.Carried(TEAM.id, FULL.id, 3)


def test_what_a_form_carries_comes_back() -> None:
    draft = settings_draft_of(FULL)
    [_edit, _new, form] = settings_of(FULL, T)
    base = settings.Carried(TEAM.id, FULL.id, 7, base=draft, typed=draft)
    assert settings.carried(form["private_metadata"]) == base
    asked = question_draft_of(QUESTIONS[1])
    form = questions.question_form(asked, QUESTION_HELD, T)
    assert questions.carried(form["private_metadata"]) == replace(QUESTION_HELD, typed=asked)
    view = calendar.calendar(SEEN[5], HELD, T)
    assert calendar.carried(view["private_metadata"]) == HELD
    saved = calendar.Carried(TEAM.id, FULL.id)
    view = calendar.calendar(SEEN[5], saved, T)
    assert calendar.carried(view["private_metadata"]) == saved
    page = setup.standup_page(Listed(FULL), TEAM, T)
    assert setup.carried(page["private_metadata"]) == (TEAM.id, FULL.id)


def labels(view: Block) -> set[str]:
    return {one["block_id"] for one in view["blocks"] if one["type"] == "input"}


def test_the_fields_go_by_what_the_time_goes_by() -> None:
    by_shift, by_clock = (labels(settings_of(one, T)[0]) for one in (BY_SHIFT, FULL))
    assert by_shift - by_clock == {"minutes", "side"}
    assert by_clock - by_shift == {"at"}


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        (Kind.TEXT, {"purpose"}),
        (Kind.CHOICE, {"options"}),
        (Kind.SCALE, {"top"}),
        (Kind.YES_NO, {"follow_up", "follow_up_on"}),
        (Kind.BLOCKER, set()),
        (Kind.MOOD, set()),
    ],
)
def test_the_fields_go_by_the_kind(kind: Kind, own: set[str]) -> None:
    form = questions.question_form(QuestionDraft(kind), QUESTION_HELD, T)
    assert labels(form) == {"words", "kind", "is_required"} | own


def test_another_version_is_shown_and_not_what_slack_remembers() -> None:
    """Slack keeps what was typed in an input of the same ids, whatever value a new one begins with."""
    draft = settings_draft_of(FULL)
    first, second = (
        settings.settings_form(TEAM, draft, settings.Carried(TEAM.id, FULL.id, version), T)
        for version in (1, 2)
    )
    inputs = [
        {one["element"]["action_id"] for one in view["blocks"] if one["type"] == "input"}
        for view in (first, second)
    ]
    assert not inputs[0] & inputs[1]
    assert f"{ids.MOMENT}:2" in inputs[1]


def test_everybody_is_on_some_page() -> None:
    pages = [json.dumps(calendar.calendar(SEEN[200], HELD, T, page)) for page in range(8)]
    for person_id in PEOPLE:
        assert sum(f"*<@{person_id}>" in one for one in pages) == 1


def test_what_the_form_still_needs_is_named() -> None:
    found = {"name": Refused("A stand-up needs a name."), "at": Refused("Please choose a time.")}
    told = settings.problems(found, T)
    assert told == "*Name*: A stand-up needs a name.\n*Time*: Please choose a time."


def test_who_may_set_stand_ups_up_has_a_button_beside_the_team() -> None:
    for may in (True, False):
        seen = TeamSeen(TEAM, (), frozenset(), may_edit=False, may_set_standups=may)
        view = overview.overview(SetUp((seen,)), T)
        assert check.view(view, "modal") == []
        assert (ids.SET_UP in json.dumps(view)) is may


def test_buttons_only_for_what_can_be_done() -> None:
    alone = replace(FULL, questions=QUESTIONS[:1])
    page = json.dumps(setup.standup_page(Listed(alone), TEAM, T))
    assert ids.QUESTION_ADD in page
    for action in (ids.QUESTION_UP, ids.QUESTION_REMOVE):
        assert action not in page
    full = json.dumps(setup.standup_page(Listed(FULL), TEAM, T))
    assert ids.QUESTION_ADD not in full
    assert full.count(f'"{ids.QUESTION_UP}:') == 9
    ten = json.dumps(setup.team_standups(TeamStandUps(TEAM, [Listed(FULL)] * 10), T))
    assert f'"{ids.NEW}"' not in ten
