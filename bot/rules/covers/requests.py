"""A request for cover, its states, and what leads from one to another: one table, and nothing beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.errors import Refused, Stale
from bot.rules.spans import Span
from bot.text import _, mention


class State(StrEnum):
    """Open waits for somebody; all others are the end of it, except that what was taken can be undone."""

    OPEN = "open"
    TAKEN = "taken"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNDONE = "undone"


class Action(StrEnum):
    """What people and the clock can do to a request."""

    TAKE = "take"
    CANCEL = "cancel"
    EXPIRE = "expire"
    UNDO = "undo"


LEADS_TO: Mapping[tuple[State, Action], State] = {
    (State.OPEN, Action.TAKE): State.TAKEN,
    (State.OPEN, Action.CANCEL): State.CANCELLED,
    (State.OPEN, Action.EXPIRE): State.EXPIRED,
    (State.TAKEN, Action.UNDO): State.UNDONE,
}

NOTHING_TO_UNDO = _("Nobody works in anybody's place here, so there is nothing to undo.")
OVER = _("This time is over already.")
BEGUN = _("This shift has begun, so it can't be taken any more. Please talk to a lead of the team.")


@dataclass(frozen=True, slots=True)
class Cover:
    """`person_id` should not have to work from `starts_at` to `ends_at`; `reason` is for them and their leads alone.

    `asked_by` is they themselves or a lead. The card is in `places`: a channel, or people's own conversations.
    Once it is taken, `override_id` is the change in the shifts by which `taken_by` works.
    """

    workspace_id: str
    id: str
    team_id: str
    person_id: str
    starts_at: datetime
    ends_at: datetime
    asked_by: str
    asked_at: datetime
    reason: str = ""
    places: tuple[str, ...] = ()
    state: State = State.OPEN
    taken_by: str | None = None
    override_id: str | None = None
    closed_by: str | None = None

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def closes_at(self) -> datetime:
        """Until when it can be taken: until it begins, or until it ends if it had begun when it was asked."""
        return self.starts_at if self.starts_at > self.asked_at else self.ends_at

    def rest(self, now: datetime) -> "Cover":
        """The same without what is over already, to the minute."""
        minute = now.replace(second=0, microsecond=0)
        return replace(self, starts_at=max(self.starts_at, minute))

    @property
    def owner_id(self) -> str | None:
        return self.person_id

    @property
    def raised_by(self) -> str:
        return self.asked_by


def check(action: Action, cover: Cover, by: str, *, now: datetime) -> State:
    """What it becomes. Raises Stale with a kind word if it is too late; `by` is who asks."""
    after = LEADS_TO.get((cover.state, action))
    if after is None:
        raise _too_late(action, cover, by)
    if action is Action.TAKE and now >= cover.closes_at:
        raise Stale(BEGUN)
    if action is Action.UNDO and now >= cover.ends_at:
        raise Stale(OVER)
    return after


def _too_late(action: Action, cover: Cover, by: str) -> Refused:
    if action is Action.UNDO:
        return Stale(NOTHING_TO_UNDO)
    if cover.state is State.EXPIRED:
        return Stale(BEGUN)
    if cover.state is not State.TAKEN:
        return Stale(_("Cover is not needed here any more. Thank you all the same."))
    who = mention(cover.taken_by or "")
    if action is Action.CANCEL:
        return Stale(
            _("{who} has taken it already. A lead of the team can undo that with `/baton cover`."),
            who=who,
        )
    if cover.taken_by == by:
        return Stale(_("You have it already. Thank you!"))
    return Stale(
        _("{who} was a moment faster and has it. Thank you for being willing to help!"), who=who
    )
