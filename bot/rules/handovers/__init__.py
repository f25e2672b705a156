"""Handovers: open cases that one person offers, and another accepts case by case. Pure and sync."""

from bot.rules.handovers.choosing import Follower, next_lead, who_stays_longest
from bot.rules.handovers.drafts import (
    AT_MOST,
    Draft,
    ItemDraft,
    Offerable,
    by_promise,
    drafted,
    problems,
)
from bot.rules.handovers.items import (
    ANSWER_WITHIN,
    LOOK,
    LOOK_EVERY,
    NEXT,
    NOT_YOURS,
    SETTLED,
    Answer,
    Handover,
    Item,
    ItemState,
    answered_before,
    asked_again,
    check_answer,
    ended,
    has_moved_on,
    is_held,
    made,
    moved,
    next_look,
    noted_already,
    offered,
)
from bot.rules.handovers.measures import Measures, measure

__all__ = [
    "ANSWER_WITHIN", "AT_MOST", "LOOK", "LOOK_EVERY", "NEXT", "NOT_YOURS", "SETTLED", "Answer", "Draft", "Follower", "Handover", "Item", "ItemDraft",
    "ItemState", "Measures", "Offerable", "answered_before", "asked_again", "by_promise", "check_answer",
    "drafted", "ended", "has_moved_on", "is_held", "made", "measure", "moved", "next_lead", "next_look", "noted_already", "offered", "problems", "who_stays_longest",
]  # fmt: skip
