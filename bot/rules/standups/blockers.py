"""What stands in somebody's way: tracked from the round in which it was said until somebody closes it with a word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.escalations import Draft, Escalation, State, clean, find_ticket
from bot.rules.escalations.drafts import SUMMARY_MAX, TRIED_MAX
from bot.rules.standups.questions import BLOCKERS_AT_ONCE
from bot.rules.wall_clock import day_of
from bot.text import _, mention

BLOCKER_LIMIT = 500
WORD_LIMIT = 500
WORD_LEAST = 3
"""Letters: so that whoever was blocked can read what became of it."""

ONLY_THE_TEAM = _("Only agents, leads and managers of this team can look after what blocks it.")
ONLY_THOSE_CONCERNED = _(
    "Only who is blocked, who looks after it, and the team's leads and managers can call it solved."
)
ONLY_THEIR_OWN = _("Only who looks after it, and the team's leads and managers, can give it back.")
SOLVED_ALREADY = _("{who} has solved this already. Nothing is left to do.")
SETTLED_ALREADY = _("This was escalated as #{number}, which is resolved. Nothing is left to do.")
HAS_IT = _("{who} looks after this already. Ask there first.")
YOU_HAVE_IT = _("You look after this already. *Solved* is the button when it is done.")
NOBODY_HAS_IT = _("Nobody looks after this any more, so there is nothing to give back.")
IS_A_CASE = _("This is escalation #{number} now. Whoever owns that looks after it.")
GONE = _("There is no such blocker any more. Perhaps it was taken out of the answer.")
SAY_HOW = _("Say in a few words how it was solved. Who was blocked reads it.")
TOO_LONG = _("Please shorten this to {limit} characters; it has {length}.")


CASE = "standup.case"
"""The timer for a case that moved on and had been a blocker. Its subject is the number of the case."""
REDRAW = "standup.redraw"
"""The timer for a team whose blockers have changed by what somebody answered. Its subject is the team."""


class BlockerState(StrEnum):
    OPEN = "open"
    ESCALATED = "escalated"  # it is a case now, and ends with it
    SOLVED = "solved"


class BlockerAction(StrEnum):
    """What somebody can do to one."""

    TAKE = "take"
    GIVE_BACK = "give_back"
    ESCALATE = "escalate"
    SOLVE = "solve"


@dataclass(frozen=True, slots=True)
class Blocker:
    """`person_id` is who is blocked, `taken_by` who looks after it. `confirmed_at` is when they last said that it still stands.
    `closed_word` says how it ended; `case_number` is the escalation that it became, and solves it when it is resolved.
    """

    workspace_id: str
    id: str
    team_id: str
    round_id: str
    person_id: str
    words: str
    raised_at: datetime
    confirmed_at: datetime
    state: BlockerState = BlockerState.OPEN
    taken_by: str | None = None
    case_number: int | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    closed_word: str = ""

    @property
    def raised_by(self) -> str:
        return self.person_id

    @property
    def owner_id(self) -> str | None:
        return self.taken_by

    @property
    def is_open(self) -> bool:
        """It still stands in the way: nobody has solved it, escalated or not."""
        return self.state is not BlockerState.SOLVED


@dataclass(frozen=True, slots=True)
class Clicked:
    """Which blocker a button or a form is about, and the round in whose summary it was pressed; none elsewhere."""

    blocker_id: str
    seen_in: str = ""

    def packed(self) -> str:
        return f"{self.blocker_id}:{self.seen_in}"


def clicked(packed: str) -> Clicked:
    """The reverse of `Clicked.packed`."""
    blocker_id, _colon, seen_in = packed.partition(":")
    return Clicked(blocker_id, seen_in)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The case that a blocker is to become: whose, and as the form was filled in. `anyway`: though its ticket is escalated."""

    team_id: str
    draft: Draft
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A blocker, and the case that it became as that is now."""

    blocker: Blocker
    case: Escalation | None = None

    @property
    def is_settled(self) -> bool:
        """The case that it became is resolved."""
        return self.case is not None and self.case.state is State.RESOLVED

    @property
    def is_solved(self) -> bool:
        return not self.blocker.is_open or self.is_settled

    @property
    def is_a_case(self) -> bool:
        """Somebody else works on it, by the ways of escalations. One that was withdrawn is nobody's work any more."""
        if self.blocker.state is not BlockerState.ESCALATED:
            return False
        return self.case is None or self.case.state is not State.WITHDRAWN


def possible(person: Person, standing: Standing) -> tuple[BlockerAction, ...]:
    """What this person can do now, in the order of its buttons."""
    return tuple(one for one in BlockerAction if problem(one, person, standing) is None)


def check(action: BlockerAction, person: Person, standing: Standing) -> None:
    """Raises Denied, or Stale if it has moved on."""
    check_may(person, PERMITTED[action], standing.blocker, REFUSED[action])
    if action is BlockerAction.GIVE_BACK and person.id != standing.blocker.taken_by:
        check_may(person, Permission.STANDUP_LEAD, standing.blocker, ONLY_THEIR_OWN)
    if found := moved_on(action, person.id, standing):
        raise found


def problem(action: BlockerAction, person: Person, standing: Standing) -> Refused | None:
    """Why not, or None."""
    try:
        check(action, person, standing)
    except Refused as refused:
        return refused
    return None


def moved_on(action: BlockerAction, person_id: str, standing: Standing) -> Stale | None:
    """Why it is too late for this, whoever may do it; None if it is not."""
    blocker = standing.blocker
    if not blocker.is_open:
        return Stale(SOLVED_ALREADY, who=mention(blocker.closed_by or ""))
    if standing.is_settled:
        return Stale(SETTLED_ALREADY, number=blocker.case_number)
    if action is BlockerAction.SOLVE:
        return None
    if standing.is_a_case:
        return Stale(IS_A_CASE, number=blocker.case_number)
    return _held_otherwise(action, person_id, blocker.taken_by)


def _held_otherwise(action: BlockerAction, person_id: str, taken_by: str | None) -> Stale | None:
    if action is BlockerAction.GIVE_BACK and not taken_by:
        return Stale(NOBODY_HAS_IT)
    if action is BlockerAction.TAKE and taken_by:
        mine = taken_by == person_id
        return Stale(YOU_HAVE_IT) if mine else Stale(HAS_IT, who=mention(taken_by))
    return None


def checked_word(typed: str) -> str:
    """How it was solved, as it is kept. Raises FormProblems."""
    word = clean(typed)
    if sum(one.isalpha() for one in word) < WORD_LEAST:
        raise FormProblems({"word": Refused(SAY_HOW)})
    if len(word) > WORD_LIMIT:
        raise FormProblems({"word": Refused(TOO_LONG, limit=WORD_LIMIT, length=len(word))})
    return word


def solved(blocker: Blocker, by: str, word: str, *, now: datetime) -> Blocker:
    return replace(
        blocker, state=BlockerState.SOLVED, closed_at=now, closed_by=by, closed_word=word
    )


def stands_again(blocker: Blocker, *, now: datetime) -> Blocker:
    """Who said in their answer that it is solved has changed that answer."""
    state = BlockerState.ESCALATED if blocker.case_number else BlockerState.OPEN
    return replace(
        blocker, state=state, confirmed_at=now, closed_at=None, closed_by=None, closed_word=""
    )


def was_solved_by_answer(blocker: Blocker) -> bool:
    """Who is blocked said that it does not stand any more, without a word to it."""
    return (
        not blocker.is_open and blocker.closed_by == blocker.person_id and not blocker.closed_word
    )


def lines(words: Iterable[str]) -> list[str]:
    """What was said, a blocker each: without empty lines and repetitions, no more and no longer than can be kept.

    Answers are checked before; what is too much all the same goes with the last one.
    """
    found: dict[str, str] = {}
    for said in words:
        for line in said.splitlines():
            if kept := clean(line):
                found.setdefault(same(kept), kept)
    kept_lines = list(found.values())
    first, rest = kept_lines[: BLOCKERS_AT_ONCE - 1], kept_lines[BLOCKERS_AT_ONCE - 1 :]
    last = ["; ".join(rest)] if rest else []
    return [_shortened(one, BLOCKER_LIMIT) for one in [*first, *last]]


def same(words: str) -> str:
    """What two blockers have in common that are one: case and spacing do not matter."""
    return " ".join(words.split()).casefold()


def age_days(blocker: Blocker, at: datetime, zone: str) -> int:
    """How many nights it has stood."""
    return max(0, (day_of(at, zone) - day_of(blocker.raised_at, zone)).days)


def drafted(blocker: Blocker) -> Draft:
    """The case that it would become. What does not fit its one line is kept below."""
    fits = len(blocker.words) <= SUMMARY_MAX
    return Draft(
        summary=_shortened(blocker.words, SUMMARY_MAX),
        ticket=find_ticket(blocker.words),
        tried="" if fits else _shortened(blocker.words, TRIED_MAX),
    )


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


PERMITTED: Mapping[BlockerAction, Permission] = {
    BlockerAction.TAKE: Permission.BLOCKER_TAKE,
    BlockerAction.GIVE_BACK: Permission.BLOCKER_TAKE,
    BlockerAction.ESCALATE: Permission.BLOCKER_TAKE,
    BlockerAction.SOLVE: Permission.BLOCKER_CLOSE,
}
REFUSED: Mapping[BlockerAction, str] = {
    BlockerAction.TAKE: ONLY_THE_TEAM,
    BlockerAction.GIVE_BACK: ONLY_THE_TEAM,
    BlockerAction.ESCALATE: ONLY_THE_TEAM,
    BlockerAction.SOLVE: ONLY_THOSE_CONCERNED,
}
