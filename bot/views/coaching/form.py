"""The form of a coaching note: about whom, what was seen, what both promise, and who will read it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from bot.rules.coaching import Commitment, Kind, Part, Promiser, Visibility
from bot.rules.coaching.commitments import MOST_OF_AGENT, MOST_OF_LEAD
from bot.rules.coaching.drafts import (
    PART_MAX,
    PROMISE_MAX,
    NoteDraft,
    Promise,
    carry_field,
    day_field,
    part_field,
    promise_field,
)
from bot.rules.coaching.evidence import MOST
from bot.rules.coaching.forms import FormSeen
from bot.text import Text, _, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids, words

INPUT = "value"
TEAMS_SHOWN = 100
HINTS = {
    Part.SITUATION: _("When and where was it? One moment, so that both of you remember the same."),
    Part.BEHAVIOUR: _(
        "What did you see or hear? What anybody could have recorded, without judging."
    ),
    Part.IMPACT: _("What did it lead to, for the customer, the team or the person?"),
    Part.GOAL: _("What do they want to reach?"),
    Part.REALITY: _("How is it going at present? What helps, and what stands in the way?"),
    Part.OPTIONS: _("What could they try? Their own ideas first."),
    Part.WAY_FORWARD: _("What will they do first?"),
}
READERS = {
    Visibility.AGENT: _("The agent, once you share it"),
    Visibility.CHAIN: _("The agent and the managers above, once you share it"),
    Visibility.PRIVATE: _("Only me: nobody else, ever, not even in an export"),
}
WHOSE = {Promiser.AGENT: _("The agent: {words}"), Promiser.LEAD: _("You: {words}")}


@dataclass(frozen=True, slots=True)
class Carried:
    """What the form carries along unseen: ids, and nothing that anybody wrote.

    `agent_id` and `team_id` where there is no choice; the draft that is edited, with the version that was seen; the topic of
    the cases that it is made from and up to when they count (seconds); the list that lies below it.
    """

    agent_id: str = ""
    team_id: str = ""
    note_id: str = ""
    version: int = 0
    topic: str = ""
    up_to: float = 0
    below: str = ""

    def packed(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


EMPTY = Carried()


def unpack(metadata: str) -> Carried:
    """The reverse of `Carried.packed`."""
    return Carried(**json.loads(metadata)) if metadata else EMPTY


def form(
    seen: FormSeen, draft: NoteDraft, t: Text, carried: Carried = EMPTY, *, told: str = ""
) -> Block:
    """The form with what was typed so far. `told` is a sentence about whom it could not be for."""
    kept = seen.kept
    if carried.up_to and seen.team:  # made from somebody's cases: it stays about them, in that team
        seen = replace(seen, teams=[seen.team])
    is_fixed = bool(kept or carried.up_to)
    packed = Carried(
        seen.agent_id if is_fixed else "",
        seen.team.id if seen.team and len(seen.teams) == 1 else "",
        kept.id if kept else "",
        kept.version if kept and not carried.version else carried.version,
        draft.topic,
        carried.up_to,
        carried.below,
    )
    return b.modal(
        ids.FORM,
        t("Edit the draft") if kept else t("Coaching note"),
        [
            *(_about(seen, t, told) if not is_fixed else [_fixed(seen, t)]),
            *_kind(draft, t),
            *_skill(seen, draft, t),
            *_parts(draft, t),
            _evidence(draft, t),
            *_commitments(draft, t),
            *_earlier(seen.earlier, draft, t),
            *_end(draft, t),
        ],
        submit=t("Save and look"),
        close=t("Cancel"),
        private_metadata=packed.packed(),
    )


def _about(seen: FormSeen, t: Text, told: str) -> Iterator[Block]:
    element: Block = {"type": "users_select", "action_id": ids.FORM_AGENT}
    element |= {"initial_user": seen.agent_id} if seen.agent_id else {}
    yield b.field("agent", t("About whom?"), element) | {"dispatch_action": True}
    if seen.agent_id and not seen.teams:
        told = t(
            "You can only coach those whom you lead, and {who} is not among them.",
            who=mention(seen.agent_id),
        )
    if told:
        yield b.context(told)
    if seen.team and len(seen.teams) > 1:
        options = [b.option(one.name, one.id) for one in seen.teams[:TEAMS_SHOWN]]
        chosen = b.select(
            options, initial=seen.team.id, action_id=f"{ids.FORM_TEAM}:{seen.agent_id}"
        )
        yield b.field("team", t("In which team?"), chosen) | {"dispatch_action": True}


def _fixed(seen: FormSeen, t: Text) -> Block:
    return b.section(t("About {agent}", agent=mention(seen.agent_id)))


def _kind(draft: NoteDraft, t: Text) -> Iterator[Block]:
    options = [b.option(t(words.KINDS[one]), one) for one in Kind]
    element = b.radios(options, draft.kind) | {"action_id": ids.FORM_KIND}
    yield b.field("kind", t("What kind of note?"), element) | {"dispatch_action": True}


def _skill(seen: FormSeen, draft: NoteDraft, t: Text) -> Iterator[Block]:
    if seen.team and seen.skills:
        options = [b.option(one, one) for one in seen.skills]
        element = b.select(
            options,
            initial=draft.skill,
            placeholder=t("Choose one"),
            action_id=f"{INPUT}:{seen.team.id}",
        )
        yield b.field("skill", t("Which skill?"), element, optional=True)


def _parts(draft: NoteDraft, t: Text) -> Iterator[Block]:
    """Those that the kind asks for, and below them what was typed under another kind: nothing is lost."""
    for part in draft.asked:
        yield _part(part, draft, t, t(HINTS[part]))
    for part in draft.left_over:
        hint = t(
            "From the kind that was chosen before. Move what you need up, and empty this field."
        )
        yield _part(part, draft, t, hint)


def _part(part: Part, draft: NoteDraft, t: Text, hint: str) -> Block:
    element = b.text_input(
        multiline=True, initial=b.shorten(draft.parts.get(part, ""), PART_MAX), max_length=PART_MAX
    )
    return b.field(part_field(part), t(words.PARTS[part]), element, hint=hint, optional=True)


def _evidence(draft: NoteDraft, t: Text) -> Block:
    return b.field(
        "evidence",
        t("What is it about?"),
        b.text_input(multiline=True, initial=draft.evidence, max_length=b.SECTION_LIMIT),
        hint=t(
            "One link, ticket or case number (#12) per line, {count} at most.",
            count=MOST,
        ),
        optional=True,
    )


def _commitments(draft: NoteDraft, t: Text) -> Iterator[Block]:
    yield b.divider()
    yield b.context(
        t(
            "What you both promise, with the day by which it is done. Reminders begin when you share the note."
        )
    )
    labels = {
        Promiser.AGENT: [t("What the agent will do"), t("What else the agent will do")],
        Promiser.LEAD: [t("What you will do to help")],
    }
    for promiser, promises, most in (
        (Promiser.AGENT, draft.theirs, MOST_OF_AGENT),
        (Promiser.LEAD, draft.mine, MOST_OF_LEAD),
    ):
        for index in range(most):
            promise = promises[index] if index < len(promises) else Promise()
            yield from _promise(promiser, index, promise, labels[promiser][index], t)


def _promise(
    promiser: Promiser, index: int, promise: Promise, label: str, t: Text
) -> Iterator[Block]:
    text = b.text_input(initial=promise.words, max_length=PROMISE_MAX)
    yield b.field(promise_field(promiser, index), label, text, optional=True)
    picker = _picker(promise.due_on)
    yield b.field(day_field(promiser, index), t("By when?"), picker, optional=True)


def _earlier(earlier: Sequence[Commitment], draft: NoteDraft, t: Text) -> Iterator[Block]:
    """Each open commitment of an earlier note, with a new day for the one that goes on in this note."""
    if not earlier:
        return
    yield b.divider()
    yield b.context(
        t(
            "Open from earlier notes. Choose a new day for what goes on in this note; leave the others empty."
        )
    )
    for one in earlier:
        yield b.field(
            carry_field(one.id),
            t(WHOSE[one.promiser], words=b.shorten(one.words, PROMISE_MAX)),
            _picker(draft.carried.get(one.id)),
            hint=t("Due on {day}", day=t.day(one.due_on)),
            optional=True,
        )


def _end(draft: NoteDraft, t: Text) -> Iterator[Block]:
    yield b.divider()
    yield b.field(
        "follow_up",
        t("When do you want to come back to it?"),
        _picker(draft.follow_up_on),
        hint=t("You get a private reminder on that day."),
        optional=True,
    )
    options = [b.option(t(READERS[one]), one) for one in READERS]
    yield b.field("visibility", t("Who may read it?"), b.radios(options, draft.visibility))


def _picker(chosen: date | None) -> Block:
    picker: Block = {"type": "datepicker"}
    return picker | ({"initial_date": chosen.isoformat()} if chosen else {})
