"""A coaching note as somebody fills it in: what each field holds, and what is wrong with it, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.errors import Refused
from bot.rules.coaching.commitments import (
    MOST_OF_AGENT,
    MOST_OF_LEAD,
    Commitment,
    CommitmentState,
    Promiser,
)
from bot.rules.coaching.evidence import problem as evidence_problem
from bot.rules.coaching.evidence import written
from bot.rules.coaching.notes import PARTS, Kind, Note, Part, Visibility
from bot.rules.escalations.words import clean
from bot.text import _

PART_MAX = 2500
PROMISE_MAX = 300
LONGEST = timedelta(days=366)

FITS: Mapping[Part, Part] = {Part.SITUATION: Part.REALITY, Part.REALITY: Part.SITUATION}
"""What is asked for under another name when the kind changes: how things stand. All else stays what it is."""

TOO_LONG = _("Please shorten this to {limit} characters; it has {length}.")
NO_PLACE = _(
    "This kind of note doesn't ask for this. Please move the words up, or empty the field."
)
SETTLED = _("This commitment is settled meanwhile. Please take its day out.")


@dataclass(frozen=True, slots=True)
class Promise:
    """A new commitment as the form holds it."""

    words: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment that holds. `carried_from` is the id of the one that goes on in it."""

    promiser: Promiser
    words: str
    due_on: date
    carried_from: str | None = None


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """The form as it was filled in. `carried` says until when commitments of earlier notes go on, by their ids.

    `kind` and `visibility` are values of their lists, or empty when nothing was chosen. `evidence` has one thing per line.
    `topic` is the category of the escalations that it was made from.
    """

    agent_id: str = ""
    team_id: str = ""
    kind: str = ""
    skill: str = ""
    topic: str = ""
    parts: Mapping[Part, str] = field(default_factory=dict)
    evidence: str = ""
    theirs: tuple[Promise, ...] = ()
    mine: tuple[Promise, ...] = ()
    carried: Mapping[str, date] = field(default_factory=dict)
    follow_up_on: date | None = None
    visibility: str = ""

    @property
    def asked(self) -> tuple[Part, ...]:
        """The parts that its kind asks for."""
        return PARTS[Kind(self.kind)] if self.kind in set(Kind) else PARTS[Kind.PRAISE]

    @property
    def left_over(self) -> tuple[Part, ...]:
        """The parts that were typed under another kind and have no place in this one."""
        return tuple(one for one in Part if one not in self.asked and self.parts.get(one))

    @property
    def written(self) -> dict[Part, str]:
        """The parts that say something, in their order."""
        return {one: self.parts[one] for one in self.asked if self.parts.get(one)}

    def cleaned(self) -> "NoteDraft":
        """The same with every text as it can be kept."""
        return replace(
            self,
            parts={part: clean(words) for part, words in self.parts.items()},
            evidence=clean(self.evidence),
            theirs=tuple(replace(one, words=clean(one.words)) for one in self.theirs),
            mine=tuple(replace(one, words=clean(one.words)) for one in self.mine),
        )


def part_field(part: Part) -> str:
    return f"part_{part}"


def promise_field(promiser: Promiser, index: int) -> str:
    return f"{promiser}_{index}"


def day_field(promiser: Promiser, index: int) -> str:
    return f"{promiser}_{index}_due"


def carry_field(commitment_id: str) -> str:
    return f"carry_{commitment_id}"


def refitted(draft: NoteDraft) -> NoteDraft:
    """After another kind was chosen: what was typed stands where it fits best. Nothing is ever lost."""
    parts = {part: words for part, words in draft.parts.items() if words}
    for part in draft.left_over:
        fitting = FITS.get(part)
        if fitting in draft.asked and fitting not in parts:
            parts[fitting] = parts.pop(part)
    return replace(draft, parts=parts)


def problems(draft: NoteDraft, known: Sequence[Commitment], *, today: date) -> dict[str, Refused]:
    """One refusal per wrong field. `known` can be carried over; `today` is the author's."""
    found = dict(_wrong_choices(draft)) | dict(_wrong_parts(draft))
    if refused := evidence_problem(draft.evidence):
        found["evidence"] = refused
    for promiser, promises in ((Promiser.AGENT, draft.theirs), (Promiser.LEAD, draft.mine)):
        for index, promise in enumerate(promises):
            found |= dict(_wrong_promise(promise, promiser, index, today))
    found |= dict(_wrong_carried(draft, known, today))
    if draft.follow_up_on and (refused := _wrong_day(draft.follow_up_on, today)):
        found["follow_up"] = refused
    return found


def promised(draft: NoteDraft, known: Sequence[Commitment]) -> list[Promised]:
    """The commitments of a draft without problems."""
    old = {one.id: one for one in known}
    return [
        *(
            Promised(promiser, one.words, one.due_on)
            for promiser, promises in ((Promiser.AGENT, draft.theirs), (Promiser.LEAD, draft.mine))
            for one in promises
            if one.words and one.due_on
        ),
        *(
            Promised(old[one].promiser, old[one].words, day, carried_from=one)
            for one, day in draft.carried.items()
        ),
    ]


def drafted(note: Note, commitments: Sequence[Commitment]) -> NoteDraft:
    """A draft that is kept, as its form shows it."""
    planned = [one for one in commitments if one.state is CommitmentState.PLANNED]
    own = [one for one in planned if not one.carried_from]
    return NoteDraft(
        note.agent_id,
        note.team_id,
        note.kind,
        note.skill,
        note.topic,
        dict(note.body.parts),
        written(note.body.evidence),
        _promises(own, Promiser.AGENT),
        _promises(own, Promiser.LEAD),
        {one.carried_from: one.due_on for one in planned if one.carried_from},
        note.follow_up_on,
        note.visibility,
    )


def _promises(commitments: Sequence[Commitment], promiser: Promiser) -> tuple[Promise, ...]:
    return tuple(Promise(one.words, one.due_on) for one in commitments if one.promiser is promiser)


def _wrong_choices(draft: NoteDraft) -> Iterator[tuple[str, Refused]]:
    if draft.kind not in set(Kind):
        yield "kind", Refused(_("Please choose one."))
    if draft.visibility not in set(Visibility):
        yield "visibility", Refused(_("Please choose who may read it."))


def _wrong_parts(draft: NoteDraft) -> Iterator[tuple[str, Refused]]:
    if not draft.written:
        yield (
            part_field(draft.asked[0]),
            Refused(_("Please write a few words, so that there is something to keep.")),
        )
    for part, words in draft.parts.items():
        if words and part not in draft.asked:
            yield part_field(part), Refused(NO_PLACE)
        elif len(words) > PART_MAX:
            yield part_field(part), Refused(TOO_LONG, limit=PART_MAX, length=len(words))


def _wrong_promise(
    promise: Promise, promiser: Promiser, index: int, today: date
) -> Iterator[tuple[str, Refused]]:
    words, day = promise_field(promiser, index), day_field(promiser, index)
    if promise.words and promise.due_on is None:
        yield day, Refused(_("Please choose the day by which it is done."))
    if promise.due_on and not promise.words:
        yield words, Refused(_("Please say what will be done by that day, or take the day out."))
    if len(promise.words) > PROMISE_MAX:
        yield words, Refused(TOO_LONG, limit=PROMISE_MAX, length=len(promise.words))
    if promise.due_on and (refused := _wrong_day(promise.due_on, today)):
        yield day, refused


def _wrong_carried(
    draft: NoteDraft, known: Sequence[Commitment], today: date
) -> Iterator[tuple[str, Refused]]:
    """A note holds few commitments, wherever they come from: more than that nobody keeps."""
    old = {one.id: one for one in known}
    for one, day in draft.carried.items():
        if one not in old:
            yield carry_field(one), Refused(SETTLED)
        elif refused := _wrong_day(day, today):
            yield carry_field(one), refused
    limits = (
        (Promiser.AGENT, draft.theirs, MOST_OF_AGENT),
        (Promiser.LEAD, draft.mine, MOST_OF_LEAD),
    )
    for promiser, promises, limit in limits:
        over = [one for one in draft.carried if one in old and old[one].promiser is promiser]
        new = [one for one in promises if one.words]
        if over and len(over) + len(new) > limit:
            yield carry_field(over[-1]), _too_many(promiser, limit)


def _too_many(promiser: Promiser, limit: int) -> Refused:
    if promiser is Promiser.LEAD:
        return Refused(
            _("A note holds one commitment of yours. Carry this one over, or write another one.")
        )
    return Refused(
        _(
            "A note holds {limit} commitments of the agent. Carry fewer over, or write fewer new ones."
        ),
        limit=limit,
    )


def _wrong_day(day: date, today: date) -> Refused | None:
    if day <= today:
        return Refused(_("Please choose a day that is still to come."))
    if day > today + LONGEST:
        return Refused(_("That is more than a year away. Please look at the year."))
    return None
