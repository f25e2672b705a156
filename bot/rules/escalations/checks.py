"""Whether a person may do something to an escalation as it stands, and the kind sentence when not."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.errors import Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules.escalations.cases import Escalation
from bot.rules.escalations.states import NEXT, Action, State
from bot.text import _, mention

JUST_NOW = timedelta(minutes=2)

NO_SUCH = _(
    "There is no escalation #{number}, or it isn't yours to see. `/escalate mine` shows the ones that are."
)

PERMISSIONS: Mapping[Action, Permission] = {
    Action.CLAIM: Permission.ESCALATION_CLAIM,
    Action.RETURN: Permission.ESCALATION_RETURN,
    Action.RESOLVE: Permission.ESCALATION_RESOLVE,
    Action.REOPEN: Permission.ESCALATION_REOPEN,
    Action.RESUBMIT: Permission.ESCALATION_RESUBMIT,
    Action.WITHDRAW: Permission.ESCALATION_WITHDRAW,
}

WHO_MAY: Mapping[Action, str] = {
    Action.CLAIM: _("Only this team's leads and its manager can claim. They have been told of it."),
    Action.RETURN: _("Only this team's leads and its manager can return a case."),
    Action.RESOLVE: _("Only its owner, this team's leads and its manager can resolve a case."),
    Action.REOPEN: _(
        "Only the person who raised it, this team's leads and its manager can reopen a case."
    ),
    Action.RESUBMIT: _("Only the person who raised it can add what is missing."),
    Action.WITHDRAW: _("Only the person who raised it can withdraw it. A lead can return it."),
}


def check(action: Action, person: Person, escalation: Escalation, *, now: datetime) -> None:
    """Raise Denied or Stale unless this person may do this to it in its present state."""
    check_may(person, PERMISSIONS[action], escalation, WHO_MAY[action])
    if (escalation.state, action) not in NEXT:
        raise overtaken(action, person, escalation, now=now)


def possible(person: Person, escalation: Escalation) -> list[Action]:
    """What this person may do to it in its present state."""
    return [
        action
        for (state, action) in NEXT
        if state is escalation.state and may(person, PERMISSIONS[action], escalation)
    ]


def overtaken(action: Action, person: Person, escalation: Escalation, *, now: datetime) -> Stale:
    """What to say when the case, as it is now, no longer allows the action."""
    number = escalation.id
    if escalation.state is State.CLAIMED:
        return _has_an_owner(action, person, escalation, now)
    if escalation.state is State.OPEN:
        if action is Action.RESOLVE:
            return Stale(
                _("Nobody owns #{number} yet. Claim it first; then you can resolve it."),
                number=number,
            )
        return Stale(_("#{number} is open and waits for an owner, so that is done."), number=number)
    if escalation.state is State.RETURNED:
        return Stale(
            _(
                "#{number} is with {who} now, who was asked for more. It comes back when that is added."
            ),
            number=number,
            who=mention(escalation.raised_by),
        )
    if escalation.state is State.WITHDRAWN:
        return Stale(
            _("{who} has withdrawn #{number}, so nothing is left to do."),
            number=number,
            who=mention(escalation.closed_by or escalation.raised_by),
        )
    return Stale(
        _("{who} has already resolved #{number}. If it isn't done yet, reopen it."),
        number=number,
        who=mention(escalation.closed_by or ""),
    )


def no_such(number: int | str) -> Refused:
    """The same sentence for a number that does not exist and for one that this person may not see."""
    return Refused(NO_SUCH, number=number)


def _has_an_owner(action: Action, person: Person, escalation: Escalation, now: datetime) -> Stale:
    number, owner = escalation.id, escalation.owner_id or ""
    if owner == person.id and action is Action.CLAIM:
        return Stale(_("You already have #{number}. Nothing else is needed."), number=number)
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
