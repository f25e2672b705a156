"""Whether a person may do something to an escalation as it stands, and the kind sentence when not."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.errors import Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules.escalations.cases import Escalation
from bot.rules.escalations.states import NEXT, OWNED, Action, State
from bot.text import _, mention

NEEDS_AN_OWNER = (
    *(Action.WAIT, Action.RESUME, Action.UPDATE, Action.KEEP, Action.RELEASE),
    Action.ASK_DEPARTMENT,
)
JUST_NOW = timedelta(minutes=2)

NO_SUCH = _(
    "There is no escalation #{number}, or it isn't yours to see. `/escalate mine` shows the ones that are."
)

NO_SUCH_HERE = _("This case isn't yours to see.")

PERMISSIONS: Mapping[Action, Permission] = {
    Action.CLAIM: Permission.ESCALATION_CLAIM,
    Action.RETURN: Permission.ESCALATION_RETURN,
    Action.RESOLVE: Permission.ESCALATION_RESOLVE,
    Action.REOPEN: Permission.ESCALATION_REOPEN,
    Action.RESUBMIT: Permission.ESCALATION_RESUBMIT,
    Action.WITHDRAW: Permission.ESCALATION_WITHDRAW,
    Action.WAIT: Permission.ESCALATION_WORK,
    Action.RESUME: Permission.ESCALATION_WORK,
    Action.UPDATE: Permission.ESCALATION_WORK,
    Action.KEEP: Permission.ESCALATION_KEEP,
    Action.RELEASE: Permission.ESCALATION_KEEP,
    Action.ASSIGN: Permission.ESCALATION_WORK,
    Action.ASK_DEPARTMENT: Permission.ESCALATION_WORK,
    Action.CHANGE_SEVERITY: Permission.ESCALATION_WORK,
    Action.MOVE: Permission.ESCALATION_MOVE,
    Action.MERGE: Permission.ESCALATION_WORK,
    Action.ESCALATE: Permission.ESCALATION_ESCALATE,
    Action.DEESCALATE: Permission.ESCALATION_WORK,
    Action.FOLLOW: Permission.ESCALATION_SEE,
    Action.NOTE: Permission.ESCALATION_NOTE,
    Action.RATE: Permission.ESCALATION_RATE,
}

ONLY_WHO_WORKS_ON_IT = _("Only its owner, this team's leads and its manager can do this.")
ONLY_ITS_OWNER = _("Only its owner can say this. A lead can choose another owner.")

WHO_MAY: Mapping[Action, str] = {
    Action.CLAIM: _("Only this team's leads and its manager can claim. They have been told of it."),
    Action.RETURN: _("Only this team's leads and its manager can return a case."),
    Action.RESOLVE: _("Only its owner, this team's leads and its manager can resolve a case."),
    Action.REOPEN: _(
        "Only the person who raised it, this team's leads and its manager can reopen a case."
    ),
    Action.RESUBMIT: _("Only the person who raised it can add what is missing."),
    Action.WITHDRAW: _("Only the person who raised it can withdraw it. A lead can return it."),
    Action.KEEP: ONLY_ITS_OWNER,
    Action.RELEASE: ONLY_ITS_OWNER,
    Action.ESCALATE: _(
        "Only its reporter, its owner, this team's leads and its manager can escalate it further."
    ),
    Action.FOLLOW: NO_SUCH_HERE,
    Action.NOTE: _("Only people who take part in this case can add to its timeline."),
    Action.RATE: _("Only the person who raised it can say whether it helped."),
}


def check(action: Action, person: Person, escalation: Escalation, *, now: datetime) -> None:
    """Raise Denied or Stale unless this person may do this to it in its present state."""
    if _was_the_owners(action, escalation) and may(person, Permission.ESCALATION_SEE, escalation):
        raise overtaken(action, person, escalation, now=now)
    refusal = WHO_MAY.get(action, ONLY_WHO_WORKS_ON_IT)
    check_may(person, PERMISSIONS[action], escalation, refusal)
    if (escalation.state, action) not in NEXT:
        raise overtaken(action, person, escalation, now=now)


def _was_the_owners(action: Action, escalation: Escalation) -> bool:
    """Whoever answers as its owner after it has none: not refused as a stranger would be, but told how it stands."""
    return PERMISSIONS[action] is Permission.ESCALATION_KEEP and escalation.owner_id is None


def possible(person: Person, escalation: Escalation) -> list[Action]:
    """What this person may do to it in its present state."""
    return [
        action
        for (state, action) in NEXT
        if state is escalation.state and may(person, PERMISSIONS[action], escalation)
    ]


def overtaken(action: Action, person: Person, escalation: Escalation, *, now: datetime) -> Stale:
    """What to say when the case, as it is now, no longer allows the action."""
    if escalation.state in OWNED:
        return _has_an_owner(action, person, escalation, now)
    if escalation.state is State.OPEN:
        return _has_no_owner(action, escalation.id)
    return Stale(
        GOES_ELSEWHERE[escalation.state],
        number=escalation.id,
        who=mention(_who_has_it(escalation)),
        other=escalation.merged_into,
    )


NOT_RATED_YET = _("#{number} is open again. Say whether it helped when it is resolved.")

WITH_AN_OWNER: Mapping[Action, str] = {
    Action.RATE: NOT_RATED_YET,
    Action.RESUME: _("#{number} waits for nothing, so that is done."),
    Action.KEEP: _("#{number} waits, so nobody expects a word of you now."),
}

GOES_ELSEWHERE: Mapping[State, str] = {
    State.RETURNED: _(
        "#{number} is with {who} now, who was asked for more. It comes back when that is added."
    ),
    State.WITHDRAWN: _("{who} has withdrawn #{number}, so nothing is left to do."),
    State.MERGED: _("#{number} goes on as #{other}. Everything about it is there."),
    State.RESOLVED: _("{who} has already resolved #{number}. If it isn't done yet, reopen it."),
}


def _who_has_it(escalation: Escalation) -> str:
    if escalation.state is State.RETURNED:
        return escalation.raised_by
    return escalation.closed_by or escalation.raised_by


def _has_no_owner(action: Action, number: int) -> Stale:
    if action is Action.RESOLVE:
        told = _("Nobody owns #{number} yet. Claim it first; then you can resolve it.")
    elif action in NEEDS_AN_OWNER:
        told = _("Nobody owns #{number} now. Claim it first.")
    elif action is Action.RATE:
        told = NOT_RATED_YET
    else:
        told = _("#{number} is open and waits for an owner, so that is done.")
    return Stale(told, number=number)


def no_such(number: int | str) -> Refused:
    """The same sentence for a number that does not exist and for one that this person may not see."""
    return Refused(NO_SUCH, number=number)


def _has_an_owner(action: Action, person: Person, escalation: Escalation, now: datetime) -> Stale:
    number, owner = escalation.id, escalation.owner_id or ""
    if owner == person.id and action is Action.CLAIM:
        return Stale(_("You already have #{number}. Nothing else is needed."), number=number)
    if action in WITH_AN_OWNER:
        return Stale(WITH_AN_OWNER[action], number=number)
    if action is Action.WITHDRAW:
        return Stale(
            _("{who} is working on #{number} already. Tell them in its thread that it is settled."),
            number=number,
            who=mention(owner),
        )
    if escalation.claimed_at and now - escalation.claimed_at <= JUST_NOW:
        return Stale(
            _("{who} claimed #{number} a moment before you. Thank you for being quick too."),
            number=number,
            who=mention(owner),
        )
    return Stale(
        _("{who} already has #{number}, so it is in good hands."), number=number, who=mention(owner)
    )
