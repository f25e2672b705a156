"""The form of a coaching note: text that no choice of a kind loses, and one refusal per field."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations, product

import pytest

from bot.rules.coaching import (
    PARTS,
    Body,
    Commitment,
    CommitmentState,
    Evidence,
    Kind,
    Note,
    Part,
    Promiser,
    Visibility,
)
from bot.rules.coaching.drafts import (
    LONGEST,
    PART_MAX,
    PROMISE_MAX,
    NoteDraft,
    Promise,
    drafted,
    problems,
    promised,
    refitted,
)
from bot.rules.coaching.sharing import DAY_PASSED, IS_PRIVATE, PARTS_MISSING, missing, problem
from tests import notes
from tests.cast import ALICE, BILLING, BOB, WORKSPACE

TODAY = date(2026, 3, 2)
SOON = TODAY + timedelta(days=7)
DRAFT = NoteDraft(
    ALICE.id,
    BILLING,
    kind="praise",
    parts=dict(notes.BODY.parts),
    visibility="agent",
)


def commitment(one: str, promiser: Promiser = Promiser.AGENT, **values: object) -> Commitment:
    made = Commitment(
        WORKSPACE, one, "n", BILLING, BOB.id, ALICE.id, promiser, f"words of {one}", SOON,
        state=CommitmentState.OPEN,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


EARLIER = (commitment("a"), commitment("b"), commitment("c"), commitment("l", Promiser.LEAD))


def wrong(**values: object) -> set[str]:
    draft = replace(DRAFT, **values)  # type: ignore[arg-type]
    return set(problems(draft.cleaned(), EARLIER, today=TODAY))


def test_a_whole_draft_has_no_problem() -> None:
    assert wrong() == set()
    assert wrong(parts={Part.IMPACT: "They called again"}) == set()  # a draft may be unfinished


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"kind": ""}, {"kind"}),
        ({"kind": "scold"}, {"kind"}),
        ({"visibility": ""}, {"visibility"}),
        ({"parts": {}}, {"part_situation"}),
        ({"parts": {Part.SITUATION: " \x00 "}}, {"part_situation"}),
        ({"parts": {}, "kind": "one_to_one"}, {"part_goal"}),
        ({"parts": {Part.SITUATION: "x" * (PART_MAX + 1)}}, {"part_situation"}),
        ({"parts": {**DRAFT.parts, Part.GOAL: "Left over"}}, {"part_goal"}),
        ({"evidence": "\n".join(map(str, range(11)))}, {"evidence"}),
        ({"evidence": "x" * 501}, {"evidence"}),
        ({"theirs": (Promise("Say the day"),)}, {"agent_0_due"}),
        ({"theirs": (Promise(), Promise("", SOON))}, {"agent_1"}),
        ({"mine": (Promise("Sit beside you", TODAY),)}, {"lead_0_due"}),
        ({"mine": (Promise("Sit beside you", TODAY - timedelta(days=1)),)}, {"lead_0_due"}),
        ({"mine": (Promise("Sit beside you", TODAY + 2 * LONGEST),)}, {"lead_0_due"}),
        ({"mine": (Promise("x" * (PROMISE_MAX + 1), SOON),)}, {"lead_0"}),
        ({"follow_up_on": TODAY}, {"follow_up"}),
        ({"carried": {"a": TODAY}}, {"carry_a"}),
        ({"carried": {"gone": SOON}}, {"carry_gone"}),
        ({"carried": {"a": SOON, "b": SOON, "c": SOON}}, {"carry_c"}),
        ({"carried": {"a": SOON, "l": SOON}}, set()),
        (
            {"carried": {"a": SOON}, "theirs": (Promise("x", SOON), Promise("y", SOON))},
            {"carry_a"},
        ),
        ({"carried": {"l": SOON}, "mine": (Promise("x", SOON),)}, {"carry_l"}),
        (
            {"theirs": (Promise("x", SOON), Promise("y", SOON)), "mine": (Promise("z", SOON),)},
            set(),
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    values: dict[str, object], fields: set[str]
) -> None:
    assert wrong(**values) == fields


@pytest.mark.parametrize("way", [*permutations(Kind, 3)])
def test_no_choice_of_kinds_loses_a_word(way: tuple[Kind, ...]) -> None:
    draft = DRAFT
    for kind in way:
        draft = refitted(replace(draft, kind=kind))
        assert sorted(draft.parts.values()) == sorted(DRAFT.parts.values())
        shown = {*draft.asked, *draft.left_over}
        assert {part for part, words in draft.parts.items() if words} <= shown
    back = refitted(replace(draft, kind=Kind.PRAISE))
    assert back.parts == DRAFT.parts
    assert back.left_over == ()


def test_what_fits_stands_where_it_is_asked_for() -> None:
    draft = refitted(replace(DRAFT, kind="one_to_one"))
    assert draft.parts[Part.REALITY] == DRAFT.parts[Part.SITUATION]
    assert draft.left_over == (Part.BEHAVIOUR, Part.IMPACT)


def test_what_is_typed_already_is_not_written_over() -> None:
    both = {Part.SITUATION: "Then", Part.REALITY: "Now"}
    draft = refitted(replace(DRAFT, kind="one_to_one", parts=both))
    assert draft.parts == both
    assert draft.left_over == (Part.SITUATION,)


def test_the_form_shows_what_was_kept() -> None:
    planned = [
        commitment("1", state=CommitmentState.PLANNED, words="Say the day"),
        commitment("2", state=CommitmentState.PLANNED, carried_from="a"),
        commitment("3", Promiser.LEAD, state=CommitmentState.PLANNED, words="Sit beside you"),
    ]
    kept = notes.note(skill="Listening", follow_up_on=SOON)
    shown = drafted(
        replace(kept, body=replace(notes.BODY, evidence=(Evidence("", case=12),))), planned
    )
    assert shown.theirs == (Promise("Say the day", SOON),)
    assert shown.mine == (Promise("Sit beside you", SOON),)
    assert shown.carried == {"a": SOON}
    assert (shown.skill, shown.evidence, shown.follow_up_on) == ("Listening", "#12", SOON)
    assert problems(shown, EARLIER, today=TODAY) == {}
    again = promised(shown, EARLIER)
    assert [(one.words, one.carried_from) for one in again] == [
        ("Say the day", None),
        ("Sit beside you", None),
        ("words of a", "a"),
    ]


def shareable(**values: object) -> Note:
    return replace(notes.note(), **values)  # type: ignore[arg-type]


def test_a_draft_is_shared_when_it_says_enough() -> None:
    assert problem(shareable(), [commitment("a")], today=TODAY) is None
    private = problem(shareable(visibility=Visibility.PRIVATE), [], today=TODAY)
    assert str(private) == IS_PRIVATE
    thin = problem(shareable(body=Body({Part.SITUATION: "Monday"})), [], today=TODAY)
    assert str(thin) == PARTS_MISSING


@pytest.mark.parametrize(("days", "passed"), [(-1, True), (0, True), (1, False)])
def test_a_day_that_has_come_is_chosen_anew(days: int, passed: bool) -> None:
    day = TODAY + timedelta(days=days)
    found = problem(shareable(), [commitment("a", due_on=day)], today=TODAY)
    assert (str(found) == DAY_PASSED) is passed
    assert (problem(shareable(follow_up_on=day), [], today=TODAY) is not None) is passed


@pytest.mark.parametrize(("kind", "part"), [*product(Kind, Part)])
def test_only_options_may_be_empty(kind: Kind, part: Part) -> None:
    written = Body({one: "words" for one in PARTS[kind] if one is not part})
    needed = part in PARTS[kind] and part is not Part.OPTIONS
    assert missing(shareable(kind=kind, body=written)) == ((part,) if needed else ())
