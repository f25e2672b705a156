"""Cases that hang together: one asks another department and waits for it, one goes on as another. Old in, new out."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import Refused
from bot.people import Person
from bot.rules.escalations.cases import Escalation, Event, Step, WaitingOn
from bot.rules.escalations.drafts import Draft, problems
from bot.rules.escalations.outcomes import wrong_words
from bot.rules.escalations.states import CLOSED, EventKind, State
from bot.rules.escalations.stepping import noted
from bot.rules.escalations.waits import wrong_time
from bot.rules.escalations.words import clean
from bot.rules.escalations.working import department_answered
from bot.rules.teams import Team
from bot.text import _

ITSELF = _("This is the case itself. Choose the other one, as which it goes on.")
IS_CLOSED = _("#{number} is closed. Choose one that is still open, or reopen that one first.")
HANGS_TOGETHER = _("One of #{number} and #{other} waits for the other, so they stay two cases.")
NO_TEAM_CHOSEN = _("Choose the team.")
HERE_ALREADY = _("It is with this team already. Choose another one.")


@dataclass(frozen=True, slots=True)
class Asking:
    """The form that asks another department, as it was filled in. `until` is when to come back to it without an answer.

    `draft` is what the other department reads of the case.
    """

    team_id: str = ""
    question: str = ""
    until: datetime | None = None
    draft: Draft = field(default_factory=Draft)

    def cleaned(self) -> "Asking":
        """The same with every text as it can be kept."""
        return replace(self, question=clean(self.question), draft=self.draft.cleaned())


def problems_of_asking(asking: Asking, case: Escalation, *, now: datetime) -> dict[str, Refused]:
    """One refusal per wrong field of the form that asks another department."""
    return {
        **problems_of_choice(asking.team_id, case),
        **wrong_words("question", asking.question),
        **wrong_time("until", asking.until, now=now),
        **problems(asking.draft, now=now),
    }


def problems_of_choice(team_id: str, case: Escalation) -> dict[str, Refused]:
    """A refusal for the team that is asked, or to which it moves, under the field's name."""
    if not team_id:
        return {"team": Refused(NO_TEAM_CHOSEN)}
    if team_id == case.team_id:
        return {"team": Refused(HERE_ALREADY)}
    return {}


def problems_of_merge(
    case: Escalation, into: Escalation, above: Iterable[int]
) -> dict[str, Refused]:
    """A refusal for the case that is to take this one in. `above` are those that wait for either, however far up."""
    if into.id == case.id:
        return {"into": Refused(ITSELF)}
    if into.state in CLOSED:
        return {"into": Refused(IS_CLOSED, number=into.id)}
    if {case.id, into.id} & set(above):
        return {"into": Refused(HANGS_TOGETHER, number=case.id, other=into.id)}
    return {}


def drafted(case: Escalation, *, now: datetime) -> Draft:
    """What another department may need to know of it, to be looked over before it is sent.

    Where it came up stays here, and so does a promise that is past.
    """
    promise = case.draft.promise_by
    return replace(case.draft, source="", promise_by=promise if promise and promise > now else None)


def asked(raised: Step, owner: str, question: str) -> Step:
    """A case of the other department, as it is raised: the owner of the first one asks, whoever fills in the form."""
    after = replace(raised.after, raised_by=owner)
    return Step(after, replace(raised.event, why=question))


def answered(
    before: Escalation,
    person: Person,
    team: Team,
    other: Escalation,
    *,
    is_last: bool,
    now: datetime,
) -> Step:
    """A department is done with what this case asked. Once it is the last one, a case that waits for it goes on."""
    why = answer_of(other)
    waits = before.state is State.WAITING and before.waiting_on is WaitingOn.DEPARTMENT
    if waits and is_last:
        return department_answered(before, person, team, other.id, why, now=now)
    kind = EventKind.DEPARTMENT_ANSWERED
    return noted(before, before, kind, person, now, reason=str(other.id), why=why)


def answer_of(case: Escalation) -> str:
    """What a department said at its end; nothing if it was withdrawn, or goes on as another case."""
    return case.resolution.cause if case.resolution else ""


def asker_closed(before: Escalation, person: Person, other: int, *, now: datetime) -> Step:
    """The case that asked for this one is closed."""
    return noted(before, before, EventKind.ASKER_CLOSED, person, now, reason=str(other))


def asked_by(before: Escalation, person: Person, owner: str, *, now: datetime) -> Step:
    """The case that asked for this one has another owner, who asks from now on."""
    after = replace(before, raised_by=owner)
    return noted(before, after, EventKind.ASKED_BY, person, now, reason=owner)


def hung_on(before: Escalation, person: Person, other: Escalation, *, now: datetime) -> Step:
    """The case that asked for this one goes on as another, whose owner asks from now on."""
    after = replace(before, parent_id=other.id, raised_by=other.owner_id or before.raised_by)
    return noted(before, after, EventKind.HUNG_ON, person, now, reason=str(other.id))


def let_go(
    before: Escalation, person: Person, other: int, events: Iterable[Event], *, now: datetime
) -> Step:
    """A case that had been merged into this one goes its own way again, with those who came along with it."""
    came = [
        event.changes.get("followers", ((), ()))
        for event in events
        if event.kind is EventKind.TOOK_IN and event.reason == str(other)
    ]
    gone = set(came[-1][1]) - set(came[-1][0]) if came else set()
    after = replace(before, followers=before.followers - gone)
    return noted(before, after, EventKind.LET_GO, person, now, reason=str(other))


def merged_numbers(events: Iterable[Event]) -> list[int]:
    """The cases that go on as this one, by its timeline."""
    found: dict[int, None] = {}
    for event in events:
        if event.kind is EventKind.TOOK_IN:
            found[int(event.reason)] = None
        elif event.kind is EventKind.LET_GO:
            found.pop(int(event.reason), None)
    return list(found)


def hung_before(events: Iterable[Event]) -> set[int]:
    """On which cases one has hung before, by its timeline."""
    return {event.changes["parent_id"][0] for event in events if event.kind is EventKind.HUNG_ON}
