"""The form of a note and what follows it: within Slack's limits at their fullest, safe against words, and text in no hidden place."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.rules.coaching import (
    Body,
    Commitment,
    CommitmentState,
    Evidence,
    Kind,
    Part,
    Promiser,
    Visibility,
)
from bot.rules.coaching.drafts import PROMISE_MAX, NoteDraft, Promise
from bot.rules.coaching.forms import DraftSeen, FormSeen
from bot.rules.coaching.seeds import PersonSeed, SeedKey, SeedSeen
from bot.rules.coaching.settings import MOST_SKILLS, SKILL_MAX, SKILLS, CoachingSettings
from bot.rules.teams import Team
from bot.text import Text, languages
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import draft as draft_views
from bot.views.coaching import form as views
from bot.views.coaching import ids, seeds, settings
from bot.views.coaching.form import Carried
from sandbox.block_kit import check
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE
from tests.notes import note
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
NASTY = "<!channel> *&* `x` "
SOON = date(2026, 3, 9)
TEAM = Team(WORKSPACE, "t" * 32, (NASTY * 3)[:60])
FULL = NoteDraft(
    ALICE.id,
    TEAM.id,
    kind="one_to_one",
    skill="s" * SKILL_MAX,
    topic="billing",
    parts=dict.fromkeys(Part, NASTY * 130),
    evidence=NASTY * 150,
    theirs=(Promise(NASTY * 15, SOON),) * 2,
    mine=(Promise("x" * PROMISE_MAX, SOON),),
    carried={"c0": SOON},
    follow_up_on=SOON,
    visibility="chain",
)
EARLIER = [
    Commitment(
        WORKSPACE, f"c{number}", "n" * 32, BILLING, BOB.id, ALICE.id, Promiser(one), NASTY * 15, SOON
    )
    for number, one in enumerate(("agent", "agent", "lead") * 3)
]  # fmt: skip
SEEN = FormSeen(
    ALICE.id,
    [TEAM, *(replace(TEAM, id=f"team{n}") for n in range(150))],
    TEAM,
    ["s" * SKILL_MAX, *(f"{n} {'s' * 30}" for n in range(MOST_SKILLS - 1))],
    EARLIER,
)
KEPT = note(
    body=Body(dict.fromkeys(Part, NASTY * 130), (Evidence("", case=2), Evidence(NASTY * 20)) * 5),
    skill="s" * SKILL_MAX,
    follow_up_on=SOON,
)
SEED = PersonSeed(SeedKey("t" * 32, ALICE.id, "billing"), (1, 2, 3), NOON)
SEEDS = [
    *(SeedSeen(TEAM, topic, 4) for topic in ("billing", "delivery", "product", "other", "x", "y")),
    *(SeedSeen(TEAM, "billing", 3, SEED) for _number in range(12)),
]
PLANNED = [replace(one, state=CommitmentState.PLANNED) for one in EARLIER[:3]]


def everything(t: Text) -> list[Block]:
    carried = Carried("U" * 11, "t" * 32, "n" * 32, 99, "billing", NOON.timestamp())
    own = CoachingSettings(WORKSPACE, TEAM.id, tuple(SEEN.skills), 26, 3)
    return [
        views.form(SEEN, FULL, t, carried, told="Choose."),
        views.form(replace(SEEN, kept=KEPT, teams=[TEAM]), FULL, t),
        views.form(FormSeen(), NoteDraft(), t),
        views.form(FormSeen(ALICE.id), NoteDraft(ALICE.id), t),
        draft_views.draft(DraftSeen(KEPT, PLANNED), t),
        draft_views.draft(DraftSeen(replace(KEPT, visibility=Visibility.PRIVATE), ()), t),
        draft_views.draft(DraftSeen(replace(KEPT, visibility=Visibility.CHAIN), ()), t),
        draft_views.drafts([replace(KEPT, id=f"n{number}") for number in range(60)], t),
        draft_views.drafts([], t),
        draft_views.shared(KEPT, t),
        draft_views.discarded(t),
        settings.settings_form(TEAM, CoachingSettings(WORKSPACE, TEAM.id), t),
        settings.settings_form(TEAM, own, t),
        b.modal("x", "Seeds", seeds.blocks(SEEDS, t), close="Close"),
    ]


@pytest.mark.parametrize("language", languages())
def test_everything_is_within_slacks_limits(language: str) -> None:
    for view in everything(Text(language, "Europe/Kyiv")):
        assert check.view(view, "modal") == []


def test_what_people_typed_becomes_no_mention() -> None:
    for view in everything(T):
        assert not any("<!channel>" in text for text in mrkdwn_of(view))


def test_nothing_that_was_written_is_carried_unseen() -> None:
    for view in everything(T):
        hidden = view.get("private_metadata", "")
        assert not any(word in hidden for word in ("channel", "x" * 9, "sss"))


def labels(view: Block) -> list[str]:
    return [one["label"]["text"] for one in view["blocks"] if one["type"] == "input"]


def test_each_kind_asks_for_its_own_parts() -> None:
    praise = labels(views.form(SEEN, NoteDraft(kind=Kind.PRAISE), T))
    assert praise[4:7] == ["Situation", "Behaviour", "Impact"]
    meeting = labels(views.form(SEEN, NoteDraft(kind=Kind.ONE_TO_ONE), T))
    assert meeting[4:8] == ["Goal", "How it is now", "Options", "Way forward"]
    left = replace(FULL, kind="praise", parts={Part.GOAL: "Fewer calls back"})
    assert labels(views.form(SEEN, left, T))[4:8] == ["Situation", "Behaviour", "Impact", "Goal"]


def test_what_there_is_no_choice_of_is_not_asked() -> None:
    assert "In which team?" not in labels(views.form(replace(SEEN, teams=[TEAM]), FULL, T))
    assert "About whom?" not in labels(views.form(replace(SEEN, kept=KEPT), FULL, T))
    from_cases = labels(views.form(SEEN, FULL, T, Carried(up_to=NOON.timestamp())))
    assert not {"About whom?", "In which team?"} & set(from_cases)
    nobody = labels(views.form(FormSeen(), NoteDraft(), T))
    assert "Which skill?" not in nobody


def actions(view: Block) -> list[str]:
    return [
        one["action_id"]
        for block in view["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
    ]


@pytest.mark.parametrize(
    ("values", "can_share"),
    [
        ({}, True),
        ({"visibility": Visibility.CHAIN}, True),
        ({"visibility": Visibility.PRIVATE}, False),
        ({"body": Body({Part.SITUATION: "Monday"})}, False),
    ],
)
def test_only_what_can_be_shared_has_the_button(values: dict[str, object], can_share: bool) -> None:
    one = replace(note(), **values)  # type: ignore[arg-type]
    view = draft_views.draft(DraftSeen(one, ()), T)
    assert actions(view) == [*([ids.SHARE] if can_share else []), ids.EDIT, ids.DISCARD]


def test_what_buttons_carry_is_read_back() -> None:
    assert draft_views.read_value(draft_views.value_of(KEPT)) == (KEPT.id, KEPT.version)
    late = replace(SEED, up_to=NOON + timedelta(microseconds=123457))
    assert seeds.read_value(seeds.value_of(late)) == (late.key, late.up_to)
    assert SKILLS[0] in str(settings.settings_form(TEAM, CoachingSettings(WORKSPACE, "t"), T))


def test_topics_name_nobody() -> None:
    drawn = str(seeds.blocks([one for one in SEEDS if one.person is None], T))
    assert ALICE.id not in drawn
    assert "Billing and payment" in drawn
