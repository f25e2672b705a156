"""A handover and its items: what may become of an offered case, and what to say when it is too late for that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import Refused, Stale
from bot.people import Person
from bot.rules.escalations import Escalation
from bot.rules.handovers.drafts import Draft
from bot.text import _, mention

LOOK = "handover.look"
"""The kind of the timer that looks after an offer."""
ANSWER_WITHIN = timedelta(minutes=15)
"""How long one person is asked before the case is offered to the lead on shift."""
LOOK_EVERY = timedelta(minutes=1)
"""How soon it shows that somebody who is asked has left the team, or is away."""


class ItemState(StrEnum):
    """Offered waits for an answer. Settled: the case is not the giver's any more. Kept: nobody was left to ask."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"


class Answer(StrEnum):
    """What can happen to an item."""

    ACCEPT = "accept"
    DECLINE = "decline"
    SETTLE = "settle"
    WITHDRAW = "withdraw"
    FALL = "fall"
    KEEP = "keep"


NEXT: Mapping[tuple[ItemState, Answer], ItemState] = {
    (ItemState.OFFERED, Answer.ACCEPT): ItemState.ACCEPTED,
    (ItemState.OFFERED, Answer.DECLINE): ItemState.DECLINED,
    (ItemState.OFFERED, Answer.SETTLE): ItemState.SETTLED,
    (ItemState.OFFERED, Answer.WITHDRAW): ItemState.WITHDRAWN,
    (ItemState.OFFERED, Answer.FALL): ItemState.OFFERED,
    (ItemState.OFFERED, Answer.KEEP): ItemState.KEPT,
}

WITHDRAWN = _("{who} has withdrawn #{number} from the handover and keeps it.")
SETTLED = _("#{number} is settled, or has another owner by now. Nothing is left to hand over.")
FALLEN = _("#{number} was offered to {who} meanwhile, since there was no answer in time.")
KEPT = _("There was no answer in time, so #{number} stays with {who}.")
ACCEPTED_ALREADY = _("You have accepted #{number} already. Nothing else is needed.")
DECLINED_ALREADY = _("You have declined #{number} already. It stays with {who}.")
NOT_YOURS = _("#{number} was not offered to you.")


@dataclass(frozen=True, slots=True)
class Item:
    """One case of a handover, with what its receiver should know.

    `asked` are all who were asked, in order; the last of them is the one who is asked now, since `asked_at`. As a thing
    that permissions are about, the giver is who raised it, and who is asked is its owner.
    """

    workspace_id: str
    handover_id: str
    number: int
    team_id: str
    giver_id: str
    asked: tuple[str, ...]
    offered_at: datetime
    asked_at: datetime
    next_step: str = ""
    waiting_on: str = ""
    promised_by: datetime | None = None
    state: ItemState = ItemState.OFFERED
    answered_at: datetime | None = None
    reason: str = ""
    asked_again_at: datetime | None = None

    @property
    def asked_id(self) -> str:
        """Who is asked now, or was asked last."""
        return self.asked[-1]

    @property
    def raised_by(self) -> str:
        return self.giver_id

    @property
    def owner_id(self) -> str:
        return self.asked_id

    @property
    def is_offered(self) -> bool:
        return self.state is ItemState.OFFERED

    @property
    def due_at(self) -> datetime:
        """When it falls to the lead on shift."""
        return self.asked_at + ANSWER_WITHIN


@dataclass(frozen=True, slots=True)
class Handover:
    """What one person offered at once, in the order in which they saw it. `receiver_id` was asked first."""

    workspace_id: str
    id: str
    giver_id: str
    receiver_id: str
    made_at: datetime
    note: str = ""
    items: tuple[Item, ...] = ()

    @property
    def team_id(self) -> str:
        """Its cases may be of several teams."""
        return ""

    @property
    def raised_by(self) -> str:
        return self.giver_id

    @property
    def owner_id(self) -> str:
        return self.receiver_id

    @property
    def offered(self) -> tuple[Item, ...]:
        """What still waits for an answer."""
        return tuple(one for one in self.items if one.is_offered)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who has a message about it: the giver, and all who were asked."""
        asked = [one for item in self.items for one in item.asked]
        return tuple(dict.fromkeys([self.giver_id, self.receiver_id, *asked]))

    def item(self, number: int) -> Item | None:
        return next((one for one in self.items if one.number == number), None)


def made(
    handover_id: str, giver: Person, draft: Draft, cases: Iterable[Escalation], *, now: datetime
) -> Handover:
    """The offer that the form means: the ticked cases, in its order."""
    team_ids = {one.id: one.team_id for one in cases}
    items = tuple(
        Item(
            giver.workspace_id,
            handover_id,
            one.number,
            team_ids[one.number],
            giver.id,
            (draft.to,),
            offered_at=now,
            asked_at=now,
            next_step=one.next_step,
            waiting_on=one.waiting_on,
            promised_by=one.promised_by,
        )
        for one in draft.going
    )
    return Handover(giver.workspace_id, handover_id, giver.id, draft.to, now, draft.note, items)


def is_held(case: Escalation, person_id: str) -> bool:
    """Whether this person holds the case and something is left to do."""
    return case.is_unfinished and case.owner_id == person_id


def has_moved_on(item: Item, case: Escalation | None) -> bool:
    """Whether there is nothing to hand over any more: the giver is not its owner, or it is closed."""
    return case is None or not is_held(case, item.giver_id)


def offered(handover: Handover, person_id: str, number: int | None) -> tuple[Item, ...]:
    """What this person is asked about: one case, or all. Raises Stale or Refused when nothing of it is left to answer."""
    if number is not None:
        item = handover.item(number)
        if item is None or person_id not in item.asked:
            raise Refused(NOT_YOURS, number=number)
        check_answer(item, person_id)
        return (item,)
    found = tuple(one for one in handover.offered if one.asked_id == person_id)
    if not found:
        raise Stale(_("Everything here has been answered already. Nothing else is needed."))
    return found


def check_answer(item: Item, person_id: str) -> None:
    """Raise Stale, with what became of it, unless this person is being asked about it now."""
    if not (item.is_offered and item.asked_id == person_id):
        raise answered_before(item, person_id)


def answered_before(item: Item, person_id: str) -> Stale:
    """What to say to somebody whose answer comes too late."""
    number, giver = item.number, mention(item.giver_id)
    if item.asked_id != person_id and item.state is not ItemState.KEPT:
        return Stale(FALLEN, number=number, who=mention(item.asked_id))
    told = {
        ItemState.WITHDRAWN: WITHDRAWN,
        ItemState.SETTLED: SETTLED,
        ItemState.KEPT: KEPT,
        ItemState.ACCEPTED: ACCEPTED_ALREADY,
    }.get(item.state, DECLINED_ALREADY)
    return Stale(told, number=number, who=giver)


def ended(item: Item, answer: Answer) -> ItemState:
    """What the answer makes of an item that is offered."""
    return NEXT[item.state, answer]


def moved(item: Item, to: str, *, now: datetime) -> Item:
    """Somebody else is asked from now on."""
    return replace(item, state=ended(item, Answer.FALL), asked=(*item.asked, to), asked_at=now)


def asked_again(item: Item, person_id: str, *, now: datetime) -> Item:
    """The receiver had to ask the giver after all. Raises Stale if it is noted, Refused if they did not accept it."""
    if item.state is not ItemState.ACCEPTED or item.asked_id != person_id:
        raise Refused(_("Only who accepted #{number} can say so."), number=item.number)
    if item.asked_again_at:
        raise noted_already(item)
    return replace(item, asked_again_at=now)


def noted_already(item: Item) -> Stale:
    return Stale(_("That is noted for #{number} already. Thank you."), number=item.number)


def next_look(items: Iterable[Item], *, now: datetime) -> datetime | None:
    """When to look again whether somebody answers: soon, and exactly when an item falls. None when all is answered."""
    due = [one.due_at for one in items if one.is_offered]
    return min([now + LOOK_EVERY, *due]) if due else None
