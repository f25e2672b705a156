"""Disputes: until when a note can be disputed, who decides, and when whoever is to decide is asked again. No I/O."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import Refused
from bot.rules.coaching.entries import Entry, EntryKind
from bot.rules.coaching.notes import DISPUTE_FOR, Note, State, Verdict
from bot.rules.escalations import clean
from bot.rules.escalations.outcomes import wrong_words
from bot.rules.spans import Span, union
from bot.text import _

REMIND_AFTER = timedelta(days=2)
NEXT_AFTER = timedelta(days=5)
"""So long somebody has to decide, from when they are asked; then the next who can is asked."""
WORDS_MAX = 2000
TOO_LATE = _(
    "The time to dispute this note is over. You can still add a comment; whoever wrote the note reads it, and it "
    "stays with the note."
)
NOBODY_CHOSEN = _("Choose who decides.")
NO_VERDICT = _("Choose how you decide.")
ASKED_BY = (EntryKind.DISPUTED, EntryKind.DECIDER_CHANGED)


@dataclass(frozen=True, slots=True)
class Pool:
    """Those who could decide: managers of the team and above it, the nearest first; the team's leads; Baton's admins."""

    managers: Sequence[str] = ()
    leads: Sequence[str] = ()
    admins: Sequence[str] = ()

    def holds(self, person_id: str | None) -> bool:
        return person_id in {*self.managers, *self.leads, *self.admins}


@dataclass(frozen=True, slots=True)
class DisputeDraft:
    """What the agent fills in."""

    decider_id: str = ""
    words: str = ""

    def cleaned(self) -> "DisputeDraft":
        return DisputeDraft(self.decider_id, clean(self.words))


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What whoever decides fills in. `verdict` is as the form gives it, perhaps nothing."""

    verdict: str = ""
    words: str = ""

    def cleaned(self) -> "DecisionDraft":
        return DecisionDraft(self.verdict, clean(self.words))


def window_end(shared_at: datetime, away: Iterable[Span]) -> datetime:
    """Until when a note that is shared now can be disputed: time in which the agent is away does not count."""
    end = shared_at + DISPUTE_FOR
    for span in union(away):
        start = max(span.start, shared_at)
        if start < end and start < span.end:
            end += span.end - start
    return end


def is_in_time(note: Note, *, now: datetime) -> bool:
    return note.dispute_until is not None and now <= note.dispute_until


def candidates(note: Note, pool: Pool, but: Collection[str] = ()) -> tuple[str, ...]:
    """Who can decide: managers; if there are none the other leads; if there are none the admins. Never those two."""
    out = {note.author_id, note.agent_id, *but}
    for tier in (pool.managers, pool.leads, pool.admins):
        if found := tuple(dict.fromkeys(one for one in tier if one not in out)):
            return found
    return ()


def asked(entries: Iterable[Entry]) -> list[tuple[str, datetime]]:
    """Who was asked to decide and since when, the newest last."""
    return [(one.detail, one.at) for one in entries if one.kind in ASKED_BY]


def next_look(asked_at: datetime, *, now: datetime) -> datetime:
    """When to look again whether somebody who was asked then has decided."""
    if now < asked_at + REMIND_AFTER:
        return asked_at + REMIND_AFTER
    return max(asked_at + NEXT_AFTER, now + timedelta(minutes=1))


def wants_amendment(note: Note, entries: Iterable[Entry]) -> bool:
    """It was decided that its author adds something, and they have not done so yet."""
    if note.state is not State.DECIDED or note.verdict is not Verdict.AMENDED:
        return False
    since = note.decided_at
    return not any(
        one.kind is EntryKind.AMENDED and (since is None or one.at >= since) for one in entries
    )


def problems_of_dispute(draft: DisputeDraft, can_decide: Collection[str]) -> dict[str, Refused]:
    """One refusal per field that needs another look."""
    found = wrong_words("words", draft.words, WORDS_MAX)
    return found if draft.decider_id in can_decide else {"decider": Refused(NOBODY_CHOSEN), **found}


def problems_of_decision(draft: DecisionDraft) -> Mapping[str, Refused]:
    """One refusal per field that needs another look."""
    found = wrong_words("words", draft.words, WORDS_MAX)
    return found if draft.verdict in {*Verdict} else {"verdict": Refused(NO_VERDICT), **found}
