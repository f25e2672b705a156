"""Blockers: one with its buttons, the list in pages, the form that closes one, and what whoever is blocked is told."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from bot.rules.standups import Blocker, BlockerAction, Standing
from bot.rules.standups.blockers import WORD_LIMIT, Clicked, age_days, moved_on
from bot.rules.teams import Team
from bot.text import Text, _, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations.words import bounded, short
from bot.views.reports.words import STATES
from bot.views.standups import ids

A_PAGE = 15
WHOLE = 500
PUBLIC = (BlockerAction.TAKE, BlockerAction.ESCALATE, BlockerAction.SOLVE)
"""The buttons in a channel, where anybody may read them; who may not press one is told so."""

Words = Callable[[Blocker, str, Text], str]
"""What somebody is told of a blocker, and of who did it."""
Entry = tuple[Standing, Team, Sequence[BlockerAction]]
"""One line of a list: a blocker, its team, and what the reader may do."""


class Scope(StrEnum):
    """Whose blockers."""

    TEAM = "team"
    MINE = "mine"


TITLES: Mapping[Scope, str] = {
    Scope.TEAM: _("My teams' blockers"),
    Scope.MINE: _("What concerns me"),
}
NONE: Mapping[Scope, str] = {
    Scope.TEAM: _("Nothing stands in your teams' way. A blocker is said in a stand-up."),
    Scope.MINE: _("You said no blocker that still stands, and look after none."),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One page, what the whole list is, and when it was looked at."""

    scope: Scope
    entries: Sequence[Entry]
    total: int
    page: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """What a form about a blocker carries along: what was clicked, and the list below it."""

    clicked: str
    view_id: str = ""
    listed: str = ""

    def packed(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


def unpack(metadata: str) -> Carried:
    """The reverse of `Carried.packed`."""
    return Carried(**json.loads(metadata))


def entry(
    standing: Standing,
    possible: Sequence[BlockerAction],
    t: Text,
    *,
    at: datetime,
    zone: str,
    seen_in: str = "",
    limit: int = WHOLE,
) -> Iterator[Block]:
    """One blocker and its buttons."""
    yield b.section(line(standing, t, at=at, zone=zone, limit=limit))
    if buttons := _buttons(standing.blocker, possible, t, seen_in):
        yield b.actions(*buttons)


def line(standing: Standing, t: Text, *, at: datetime, zone: str, limit: int = WHOLE) -> str:
    """Who is blocked by what, since when, and who looks after it."""
    blocker = standing.blocker
    told = t(
        "{who}: {words}",
        who=mention(blocker.person_id),
        words=bounded(blocker.words, limit),
    )
    if standing.is_solved:
        return f"~{told}~\n{_ended(standing, t, limit)}"
    return f"{told}\n_{_age(blocker, t, at, zone)} · {_state(standing, t)}_"


def public_actions(standing: Standing) -> list[BlockerAction]:
    """What is to be pressed at all, whoever may."""
    return [one for one in PUBLIC if moved_on(one, "", standing) is None]


def blockers(listed: Listed, t: Text) -> Block:
    """One page of the list, the oldest first, as a modal."""
    blocks: list[Block] = []
    teams = {team.id for _standing, team, _possible in listed.entries}
    for standing, team, possible in listed.entries:
        if len(teams) > 1:
            blocks.append(b.context(escape(team.name)))
        blocks += entry(standing, possible, t, at=listed.now, zone=team.zone)
    return b.modal(
        ids.BLOCKERS,
        t("Blockers"),
        [
            b.header(t(TITLES[listed.scope])),
            *(blocks or [b.section(t(NONE[listed.scope]))]),
            *_turns(listed, t),
        ],
        close=t("Close"),
        private_metadata=f"{listed.scope}:{listed.page}",
    )


def page_of(packed: str) -> tuple[Scope, int]:
    """What a button of the list, or the list itself, carries; from elsewhere it begins with the first page of all."""
    scope, _colon, page = packed.partition(":")
    known = scope in set(Scope)
    return Scope(scope) if known else Scope.TEAM, int(page or 0) if known else 0


def solve_form(standing: Standing, packed: str, t: Text) -> Block:
    """How was it solved? Whoever was blocked reads it."""
    who, words = mention(standing.blocker.person_id), short(standing.blocker.words, WHOLE)
    word = b.field(
        "word",
        t("How was it solved?"),
        b.text_input(multiline=True, max_length=WORD_LIMIT),
        hint=t("Such as: the access is back, the customer was called."),
    )
    return b.modal(
        ids.BLOCKER_FORM,
        t("Solved"),
        [b.section(t("{who}: {words}", who=who, words=words)), word],
        submit=t("Solved"),
        close=t("Back"),
        private_metadata=packed,
    )


def taken(blocker: Blocker, by: str, t: Text) -> str:
    return t(
        "{who} looks after what blocks you: {words}",
        who=mention(by),
        words=short(blocker.words, WHOLE),
    )


def given_back(blocker: Blocker, by: str, t: Text) -> str:
    return t(
        "{who} gave back what blocks you, so nobody looks after it now: {words}",
        who=mention(by),
        words=short(blocker.words, WHOLE),
    )


def solved(blocker: Blocker, by: str, t: Text) -> str:
    word = short(blocker.closed_word, WORD_LIMIT)
    told = t("{who} has solved what blocked you: {word}", who=mention(by), word=word)
    was = t("It was: {words}", words=short(blocker.words, WHOLE))
    return f"{told}\n{was}"


def escalated(blocker: Blocker, by: str, t: Text) -> str:
    return t(
        "{who} has escalated what blocks you as #{number}: {words}",
        who=mention(by),
        number=blocker.case_number,
        words=short(blocker.words, WHOLE),
    )


def settled(blocker: Blocker, by: str, t: Text) -> str:
    """The case that it became is resolved."""
    return t(
        "{who} has resolved #{number}, which blocked you: {words}",
        who=mention(by),
        number=blocker.case_number,
        words=short(blocker.words, WHOLE),
    )


def all_blockers(t: Text) -> Block:
    """The button that opens the list."""
    return b.button(t("All blockers"), ids.BLOCKERS)


def _age(blocker: Blocker, t: Text, at: datetime, zone: str) -> str:
    days = age_days(blocker, at, zone)
    return t.n("for {count} day", "for {count} days", days) if days else t("new")


def _state(standing: Standing, t: Text) -> str:
    blocker = standing.blocker
    if standing.case and standing.is_a_case:
        return t(
            "escalation #{number}: {state}",
            number=standing.case.id,
            state=t(STATES[standing.case.state]),
        )
    if blocker.taken_by:
        return t("{who} looks after it", who=mention(blocker.taken_by))
    return t("nobody looks after it yet")


def _ended(standing: Standing, t: Text, limit: int) -> str:
    blocker, case = standing.blocker, standing.case
    if blocker.is_open and case:
        who = mention(case.closed_by or "")
        return t("solved: {who} has resolved escalation #{number}", who=who, number=case.id)
    who = mention(blocker.closed_by or "")
    if not blocker.closed_word:
        return t("solved, says {who}", who=who)
    return t("solved by {who}: {word}", who=who, word=bounded(blocker.closed_word, limit))


def _buttons(
    blocker: Blocker, possible: Sequence[BlockerAction], t: Text, seen_in: str
) -> list[Block]:
    given, name = Clicked(blocker.id, seen_in).packed(), " ".join(blocker.words.split())
    found = {
        BlockerAction.TAKE: b.button(
            t("Take it"),
            f"{ids.BLOCKER_TAKE}:{blocker.id}",
            given,
            accessibility_label=b.shorten(t("Take it: {words}", words=name), 75),
        ),
        BlockerAction.GIVE_BACK: b.button(
            t("Give it back"),
            f"{ids.BLOCKER_GIVE_BACK}:{blocker.id}",
            given,
            accessibility_label=b.shorten(t("Give it back: {words}", words=name), 75),
        ),
        BlockerAction.ESCALATE: b.button(
            t("Escalate"),
            f"{ids.BLOCKER_ESCALATE}:{blocker.id}",
            given,
            accessibility_label=b.shorten(t("Escalate: {words}", words=name), 75),
        ),
        BlockerAction.SOLVE: b.button(
            t("Solved"),
            f"{ids.BLOCKER_SOLVE}:{blocker.id}",
            given,
            accessibility_label=b.shorten(t("Solved: {words}", words=name), 75),
        ),
    }
    return [button for action, button in found.items() if action in possible]


def _turns(listed: Listed, t: Text) -> Iterator[Block]:
    pages = max(1, -(-listed.total // A_PAGE))
    buttons = []
    if listed.page:
        buttons.append(_turn(t("Earlier"), listed.scope, listed.page - 1))
    if listed.page + 1 < pages:
        buttons.append(_turn(t("Later"), listed.scope, listed.page + 1))
    other = Scope.TEAM if listed.scope is Scope.MINE else Scope.MINE
    buttons.append(_turn(t(TITLES[other]), other, 0))
    if pages > 1:
        yield b.context(t("Page {page} of {pages}", page=listed.page + 1, pages=pages))
    yield b.actions(*buttons)


def _turn(label: str, scope: Scope, page: int) -> Block:
    given = f"{scope}:{page}"
    return b.button(label, f"{ids.BLOCKERS_PAGE}:{given}", given)
