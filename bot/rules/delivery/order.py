"""Which of a lane's waiting rows go out now: in order, each card drawn once, redraws ahead of posts that must be spaced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.rules.delivery.answers import POST, PUBLISH, SAYS_ANEW, SHARE, UPDATE
from bot.rules.delivery.limits import URGENT, Gates

Json = dict[str, Any]
HOME = "home"
HISTORY = "conversations.history"
LEASE = timedelta(seconds=30)  # how long a lane belongs to who took it
LOOKS = 2  # how often an unclear post is looked for before it is sent again


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card is: the real channel, the message, and a digest of what it shows."""

    posted_in: str | None
    ts: str | None
    drawing: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the outbox that is not finished. `place` is where its card is, or the card whose thread it goes into.

    One with a `file_title` shares a file: `marker` is the file's id.
    """

    lane: str
    seq: int
    marker: str
    channel: str
    priority: int
    words: str | None
    blocks: list[Json] | None
    is_card: bool
    card_kind: str | None
    card_subject: str | None
    not_before: datetime | None
    expires_at: datetime | None
    is_sending: bool
    attempts: int
    attempted_at: datetime | None
    sought_since: datetime | None
    looks: int
    queued_at: datetime
    file_title: str | None
    place: Place | None

    @property
    def is_home(self) -> bool:
        return self.is_card and self.card_kind == HOME

    @property
    def method(self) -> str:
        if self.is_home:
            return PUBLISH
        if self.file_title is not None:
            return SHARE
        return UPDATE if self.is_card and self.place and self.place.ts else POST

    @property
    def turn(self) -> str:
        """What it must not overtake: new messages keep their order among each other, whatever makes them."""
        return POST if self.method in SAYS_ANEW else self.method

    @property
    def card(self) -> tuple[str, str] | None:
        return (self.card_kind, self.card_subject or "") if self.card_kind else None

    @property
    def must_be_looked_for(self) -> bool:
        """It may be in the channel already, and posting twice cannot be undone."""
        return self.is_sending and self.turn == POST and self.looks < LOOKS


@dataclass(slots=True)
class Choice:
    """What to do with a lane now. `blocked` says which methods must wait in it, and until when if that is known."""

    look: list[Waiting] = field(default_factory=list)
    send: list[Waiting] = field(default_factory=list)
    superseded: list[Waiting] = field(default_factory=list)
    expired: list[Waiting] = field(default_factory=list)
    early: list[Waiting] = field(default_factory=list)  # its card cannot be drawn at present
    parentless: list[Waiting] = field(default_factory=list)  # its card is not in sight at all
    blocked: dict[str, datetime | None] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (
            self.look
            or self.send
            or self.superseded
            or self.expired
            or self.early
            or self.parentless
        )


Kept = Mapping[tuple[str, str] | None, Waiting]


def choose(
    rows: Sequence[Waiting],
    gates: Gates,
    *,
    now: datetime,
    posts_from: datetime | None,
    spaced: bool,
    batch: int,
) -> Choice:
    """`rows` are one lane's, in order. `posts_from` is when the channel may get its next message; `spaced`: one at a time."""
    choice = Choice()
    urgent = bool(rows) and min(row.priority for row in rows) <= URGENT
    if posts_from and posts_from > now:
        choice.blocked[POST] = posts_from
    unclear = [row for row in rows if row.must_be_looked_for]
    if unclear and POST not in choice.blocked:
        # No message may overtake it: it is in the channel already, or it is the next.
        until = gates.ask(HISTORY, unclear[0].lane, urgent=urgent)
        choice.look = [] if until else unclear
        choice.blocked[POST] = until
        return choice
    kept = _kept(rows)
    for row in rows:
        if len(choice.send) >= batch:
            break
        if row.must_be_looked_for or _is_dropped(row, choice, kept, now):
            continue
        if row.turn in choice.blocked or (row.not_before and row.not_before > now):
            continue
        if not _lacks_its_thread(row, choice, kept):
            _send(row, choice, gates, urgent=urgent, spaced=spaced)
    return choice


def _kept(rows: Sequence[Waiting]) -> Kept:
    """Of the rows of one card, the one that is drawn: the newest, or the oldest while the card has no place to keep."""
    kept: dict[tuple[str, str] | None, Waiting] = {}
    for row in rows:
        if row.is_card and (row.card not in kept or row.method != POST):
            kept[row.card] = row
    return kept


def _is_dropped(row: Waiting, choice: Choice, kept: Kept, now: datetime) -> bool:
    if row.is_card and kept[row.card] is not row:
        choice.superseded.append(row)
    elif row.expires_at and row.expires_at <= now:
        choice.expired.append(row)
    else:
        return False
    return True


def _lacks_its_thread(row: Waiting, choice: Choice, kept: Kept) -> bool:
    """A note in a thread needs its card to be posted first."""
    if row.is_card or row.card is None or (row.place and row.place.ts):
        return False
    parent = kept.get(row.card)
    if parent is None:
        choice.parentless.append(row)
    elif parent in choice.send:
        choice.blocked[POST] = None  # this note is next, as soon as its card is there
    else:
        choice.early.append(row)
    return True


def _send(row: Waiting, choice: Choice, gates: Gates, *, urgent: bool, spaced: bool) -> None:
    until = gates.ask(row.method, row.lane, urgent=urgent)
    if until is not None:
        choice.blocked[row.turn] = until  # and later ones of its kind, so that none overtakes
        return
    choice.send.append(row)
    if spaced and row.turn == POST:
        choice.blocked[POST] = None
