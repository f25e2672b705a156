"""What asks, the form and private words: within Slack's limits with the worst words, and only what belongs to each state."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import Refused
from bot.rules.standups import (
    Ahead,
    Blocker,
    Kind,
    Purpose,
    Question,
    Round,
    RoundState,
    Said,
    Seat,
    SeatState,
    ShiftNote,
)
from bot.rules.standups.answers import TOO_LONG, Draft
from bot.rules.standups.questions import (
    ANSWER_LIMIT,
    OPTION_LIMIT,
    OPTIONS_AT_MOST,
    QUESTIONS_AT_MOST,
    WORDS_LIMIT,
)
from bot.rules.standups.replies import Unread
from bot.rules.standups.seen import AheadSeen, Asked, FormSeen, Next, OutSeen, Replied
from bot.text import Text
from bot.views.handovers.words import TEXT_LIMIT
from bot.views.standups import ask, early, form, said, told
from sandbox.block_kit import check
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE
from tests.standups import FLOOR, FOCUS, LOAD, MOOD, PLACE, TOOLS
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
GREEK = Text("el-GR", "Europe/Athens")
NASTY = ["<!channel> & <@U1>", "&&&&", "é“…", "\n\n>", "*_~`|"]
UNTIL = NOON + timedelta(hours=2)
ROUND = Round(
    WORKSPACE, "r1", "s", BILLING, "k", NOON.date(), NOON, UNTIL, "Floor", FLOOR, opened_at=NOON
)  # fmt: skip
SEAT = Seat("r1", ALICE.id, NOON, UNTIL, SeatState.ASKED, "m", NOON)
SAID = {
    "back": Said(text="All done"),
    "focus": Said(text="Refunds"),
    "mood": Said(number=4),
}


def filled(words: str, limit: int) -> str:
    return (words * limit)[:limit]


def questions(nasty: str) -> tuple[Question, ...]:
    """As many as there may be, as long as they may be, of every kind."""
    kinds = [*Kind, *Kind][:QUESTIONS_AT_MOST]
    options = tuple(f"{n}{filled(nasty, OPTION_LIMIT - 2)}" for n in range(OPTIONS_AT_MOST))
    return tuple(
        Question(
            f"q{number}",
            kind,
            filled(nasty, WORDS_LIMIT),
            Purpose.FOCUS if number == 0 else Purpose.NONE,
            options=options,
            top=10,
            follow_up=filled(nasty, WORDS_LIMIT),
        )
        for number, kind in enumerate(kinds)
    )


def answers(nasty: str) -> dict[str, Said]:
    found = {}
    for one in questions(nasty):
        if one.kind in {Kind.SCALE, Kind.MOOD}:
            found[one.id] = Said(number=5)
        elif one.kind is Kind.CHOICE:
            found[one.id] = Said(choice=one.options[3])
        else:
            yes = True if one.kind is Kind.YES_NO else None
            found[one.id] = Said(text=filled(nasty, ANSWER_LIMIT), yes=yes)
    return found


def asked(nasty: str, state: SeatState, count: int) -> list[Asked]:
    one = replace(ROUND, name=filled(nasty, 60), questions=questions(nasty))
    seat = replace(SEAT, state=state, answers=answers(nasty), asked_at=NOON + timedelta(hours=1))
    note = ShiftNote(WORKSPACE, "r0", BOB.id, BILLING, filled(nasty, ANSWER_LIMIT), NOON)
    return [Asked(replace(one, id=f"r{n}"), seat, [note] * 12) for n in range(count)]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("count", [1, 3, 12])
@pytest.mark.parametrize("state", SeatState)
def test_the_message_fits(nasty: str, count: int, state: SeatState) -> None:
    for t in (T, GREEK):
        text, blocks = ask.message(asked(nasty, state, count), t, now=NOON)
        assert check.message(blocks) == []
        assert 0 < len(text) <= TEXT_LIMIT
        assert "<!channel" not in text + str(mrkdwn_of(blocks))
        assert "<@U1>" not in text + str(mrkdwn_of(blocks))


@pytest.mark.parametrize("nasty", NASTY)
def test_the_forms_fit(nasty: str) -> None:
    blockers = [
        Blocker(WORKSPACE, f"b{n}", BILLING, "r0", ALICE.id, filled(nasty, 500), NOON, NOON)
        for n in range(80)
    ]
    whole = FormSeen(filled(nasty, 60), questions(nasty), Draft(answers(nasty)), blockers)
    for seen in (whole, FormSeen("Floor", (MOOD,), Draft()), FormSeen("Floor", FLOOR, Draft(SAID))):
        for t in (T, GREEK):
            assert check.view(form.form(seen, "r" * 32, t), "modal") == []
            view = form.ahead_form(seen, "s" * 32, NOON.date(), t)
            assert check.view(view, "modal") == []
            assert form.ahead_of(view["private_metadata"]) == ("s" * 32, NOON.date())


@pytest.mark.parametrize("nasty", NASTY)
def test_private_words_fit(nasty: str) -> None:
    found = questions(nasty)
    words = filled(nasty, ANSWER_LIMIT)
    replied = Replied(
        filled(nasty, 60),
        found,
        found,
        [(one, Refused(TOO_LONG, limit=3)) for one in found],
        [Unread(words, one) for one in found] + [Unread(words)],
        found,
        filled(nasty, 60),
    )
    for t in (T, GREEK):
        for text, blocks in (
            told.kept(replied, t),
            told.kept(replace(replied, given=()), t),
            told.answered_before(filled(nasty, 60), t),
            told.nothing_asked(t),
            told.reminder(filled(nasty, 60), "r" * 32, UNTIL, t),
        ):
            assert check.message(blocks) == []
            assert 0 < len(text) <= TEXT_LIMIT
            assert "<!channel" not in text + str(mrkdwn_of(blocks))
    ahead = Ahead("s", ALICE.id, NOON.date(), SeatState.ANSWERED, NOON)
    nexts = [
        Next(f"s{n}", filled(nasty, 60), filled(nasty, 60), NOON.date(), NOON, ahead)
        for n in range(60)
    ]
    now = asked(nasty, SeatState.ASKED, 3)
    for seen in (AheadSeen(now, nexts), AheadSeen([], [replace(nexts[0], ahead=None)])):
        assert check.view(early.early(seen, T), "modal") == []
    assert "No stand-up of yours" in str(early.early(AheadSeen([], []), T))


def shown(
    state: SeatState, *, now: datetime = NOON, closed: bool = False, **changes: object
) -> tuple[str, list[str]]:
    """The words of the message in this state, and its buttons."""
    one = replace(ROUND, state=RoundState.CLOSED, closed_at=UNTIL) if closed else ROUND
    seat = replace(SEAT, state=state, **changes)  # type: ignore[arg-type]
    text, blocks = ask.message([Asked(one, seat)], T, now=now)
    buttons = [
        each["text"]["text"]
        for block in blocks
        if block["type"] == "actions"
        for each in block["elements"]
    ]
    return text, buttons


LATER = UNTIL + timedelta(hours=1)
TOO_LATE = UNTIL + timedelta(hours=24)


@pytest.mark.parametrize(
    ("state", "closed", "words", "buttons"),
    [
        (SeatState.ASKED, False, "1. How did yesterday go?", ["Answer", "Nothing new", "Skip this one", "Out today"]),
        (SeatState.ANSWERED, False, "Refunds", ["Change"]),
        (SeatState.ANSWERED, True, "4 / 5", ["Change"]),
        (SeatState.SKIPPED, False, "nothing to say", ["Answer after all"]),
        (SeatState.OUT, False, "out today", ["Answer after all", "Note that I am away"]),
        (SeatState.AWAY, False, "you are away", ["Answer after all"]),
        (SeatState.SILENT, True, "You can still add it", ["Answer late"]),
        (SeatState.LEFT, False, "not in the team any more", []),
    ],
)  # fmt: skip
def test_each_state_says_what_it_is_and_offers_what_is_possible(
    state: SeatState, closed: bool, words: str, buttons: list[str]
) -> None:
    given = SAID if state is SeatState.ANSWERED else {}
    text, found = shown(state, closed=closed, now=LATER if closed else NOON, answers=given)
    assert words in text
    assert found == buttons


@pytest.mark.parametrize("state", [SeatState.ANSWERED, SeatState.SILENT, SeatState.SKIPPED])
def test_a_day_after_the_end_nothing_can_be_changed(state: SeatState) -> None:
    assert shown(state, closed=True, now=TOO_LATE)[1] == []


def test_what_comes_late_says_so() -> None:
    late = NOON + timedelta(minutes=30)
    assert "later than planned" in shown(SeatState.ASKED, asked_at=late)[0]
    assert "later than planned" not in shown(SeatState.ASKED)[0]


def test_an_answer_without_words_and_one_that_was_changed() -> None:
    assert "Nothing new" in shown(SeatState.ANSWERED)[0]
    assert "you changed your answer" in shown(SeatState.ANSWERED, edited_at=NOON, answers=SAID)[0]


def test_a_note_of_the_shift_before_is_shown_to_others_until_they_answer() -> None:
    note = ShiftNote(WORKSPACE, "r0", BOB.id, BILLING, "Key is <at> the desk", NOON)
    own = replace(note, person_id=ALICE.id, words="My own")
    text, _blocks = ask.message([Asked(ROUND, SEAT, [note, own])], T, now=NOON)
    assert "From the shift before, <@U0BOB>: Key is &lt;at&gt; the desk" in text
    assert "My own" not in text
    done = replace(SEAT, state=SeatState.ANSWERED)
    assert "desk" not in ask.message([Asked(ROUND, done, [note])], T, now=NOON)[0]


def test_a_message_that_asks_nothing_any_more_says_so() -> None:
    assert "Nothing is asked" in ask.message([], T, now=NOON)[0]


def test_the_follow_up_is_asked_after_one_answer_alone() -> None:
    def labels(*, yes: bool | None) -> list[str]:
        seen = FormSeen("Floor", (TOOLS,), Draft({"tools": Said(yes=yes)}))
        blocks = form.form(seen, "r", T)["blocks"]
        return [one["label"]["text"] for one in blocks if one["type"] == "input"]

    assert labels(yes=None) == labels(yes=True) == ["Did all tools work?"]
    assert labels(yes=False) == ["Did all tools work?", "Which did not?"]


def test_older_blockers_stand_before_the_question_and_are_asked_only_with_it() -> None:
    blocker = Blocker(WORKSPACE, "b1", BILLING, "r0", ALICE.id, "Printer", NOON, NOON)
    blocks = form.form(FormSeen("Floor", FLOOR, Draft(), [blocker]), "r", T)["blocks"]
    names = [one.get("block_id") for one in blocks]
    assert names.index("still:b1") + 1 == names.index("blocker:blockers")
    plain = form.form(FormSeen("Floor", (FOCUS,), Draft(), [blocker]), "r", T)["blocks"]
    assert "still:b1" not in [one.get("block_id") for one in plain]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (LOAD, "a number from 1 to 10"),
        (MOOD, "a number from 1 to 5"),
        (TOOLS, "yes or no; after “No” a comma and the rest"),
        (replace(TOOLS, follow_up=""), "yes or no"),
        (PLACE, "one of: Office, At home, On the way"),
        (FOCUS, "a few words"),
    ],
)
def test_what_is_expected_is_said_in_words(question: Question, words: str) -> None:
    assert said.expected(question, T) == words


def test_commands_say_what_they_did() -> None:
    assert "Skipped: Floor, a &lt;b&gt;." in told.skipped(["Floor", "a <b>"], T)
    assert "/standup early" in told.skipped([], T)
    assert "You are out today: Floor, Late." in told.out(OutSeen(["Floor"], ["Late", "Floor"]), T)
    assert "no stand-up would ask" in told.out(OutSeen([], []), T)
