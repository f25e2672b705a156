"""The words for kinds, parts, states and readers of coaching notes, as every view of coaching says them."""

from collections.abc import Iterable, Mapping

from bot.rules.coaching import CommitmentState, Kind, Note, Part, State, Verdict, Visibility
from bot.text import Text, _, mention, when

KINDS: Mapping[Kind, str] = {
    Kind.PRAISE: _("Praise"),
    Kind.IMPROVE: _("To improve"),
    Kind.ONE_TO_ONE: _("One-to-one"),
    Kind.REVIEW: _("Quality review"),
}
PARTS: Mapping[Part, str] = {
    Part.SITUATION: _("Situation"),
    Part.BEHAVIOUR: _("Behaviour"),
    Part.IMPACT: _("Impact"),
    Part.GOAL: _("Goal"),
    Part.REALITY: _("How it is now"),
    Part.OPTIONS: _("Options"),
    Part.WAY_FORWARD: _("Way forward"),
}
STATES: Mapping[State, str] = {
    State.DRAFT: _("Draft"),
    State.SHARED: _("Shared"),
    State.ACKNOWLEDGED: _("Acknowledged"),
    State.DISPUTED: _("Disputed"),
    State.DECIDED: _("Decided"),
    State.CLOSED: _("Closed"),
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.STANDS: _("The note stands"),
    Verdict.AMENDED: _("The author adds what was missing"),
    Verdict.WITHDRAWN: _("The note is withdrawn"),
}
COMMITMENT_STATES: Mapping[CommitmentState, str] = {
    CommitmentState.PLANNED: _("planned"),
    CommitmentState.OPEN: _("open"),
    CommitmentState.DONE: _("done"),
    CommitmentState.DROPPED: _("let go"),
    CommitmentState.CARRIED: _("goes on in a later note"),
}


def state(note: Note, t: Text) -> str:
    """Where it stands, in a word or two. A note that was withdrawn says so wherever it shows."""
    if note.verdict is Verdict.WITHDRAWN:
        return t("Withdrawn")
    if note.visibility is Visibility.PRIVATE:
        return t("Private")
    return t(STATES[note.state])


def head(note: Note, t: Text) -> str:
    """What kind of note it is, and about which skill; plain text."""
    kind = t(KINDS[note.kind])
    return t("{kind} · {skill}", kind=kind, skill=note.skill) if note.skill else kind


def readers(note: Note, managers: Iterable[str], t: Text) -> str:
    """Who can read it, in one plain line."""
    author, agent = mention(note.author_id), mention(note.agent_id)
    if note.visibility is Visibility.PRIVATE:
        return t("Only {author} can read this.", author=author)
    if not note.is_shared:
        told = t("Only {author} can read this until it is shared.", author=author)
        return f"{told} {_once_shared(note, agent, t)}"
    named = ", ".join(mention(one) for one in dict.fromkeys(managers))
    people = [author, agent]
    if note.is_shared_with_chain:
        above = t("whoever manages the team or a department above it")
        people.append(t("{above} (now {named})", above=above, named=named) if named else above)
    if note.decider_id and note.decided_at:
        people.append(t("{who}, who decided the dispute", who=mention(note.decider_id)))
    elif note.decider_id:
        people.append(t("{who}, who decides the dispute", who=mention(note.decider_id)))
    return t("Who can read this: {people}.", people=", ".join(people))


def dispute_until(note: Note, t: Text) -> str:
    assert note.dispute_until
    return t(
        "If you see it differently you can dispute it until {when}.",
        when=when(note.dispute_until, t),
    )


def _once_shared(note: Note, agent: str, t: Text) -> str:
    if note.visibility is Visibility.CHAIN:
        return t(
            "Then {agent} and whoever manages the team or a department above it can, too.",
            agent=agent,
        )
    return t("Then {agent} can, too.", agent=agent)
