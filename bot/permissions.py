"""Who may do what: one table that a manager can read. Denied unless a line allows it.

A line says: for this permission, any of these relations between the person and the thing is enough.
Services check it when a button is drawn, when it is clicked and when its form is submitted.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol

from bot.errors import Denied
from bot.people import Person, Role


class Thing(Protocol):
    """What a permission is about. `team_id` is empty for what belongs to the workspace as a whole."""

    @property
    def workspace_id(self) -> str: ...
    @property
    def team_id(self) -> str: ...
    @property
    def raised_by(self) -> str: ...
    @property
    def owner_id(self) -> str | None: ...


class Permission(StrEnum):
    """Everything that can be permitted."""

    WORKSPACE_SET_UP = "workspace.set_up"
    ROSTER_IMPORT = "roster.import"
    SLACK_FOLLOW = "slack.follow"
    TEAM_EDIT = "team.edit"
    TEAM_SEE = "team.see"
    CLOCKS_SET = "clocks.set"
    ESCALATION_RAISE = "escalation.raise"
    ESCALATION_SEE = "escalation.see"
    ESCALATION_CLAIM = "escalation.claim"
    ESCALATION_RETURN = "escalation.return"
    ESCALATION_RESOLVE = "escalation.resolve"
    ESCALATION_REOPEN = "escalation.reopen"
    ESCALATION_RESUBMIT = "escalation.resubmit"
    ESCALATION_WITHDRAW = "escalation.withdraw"
    ESCALATION_WORK = "escalation.work"
    ESCALATION_MOVE = "escalation.move"
    ESCALATION_KEEP = "escalation.keep"
    ESCALATION_ESCALATE = "escalation.escalate"
    ESCALATION_NOTE = "escalation.note"
    ESCALATION_RATE = "escalation.rate"
    ESCALATION_REPORT = "escalation.report"
    HANDOVER_OFFER = "handover.offer"
    HANDOVER_RECEIVE = "handover.receive"
    HANDOVER_ANSWER = "handover.answer"
    HANDOVER_WITHDRAW = "handover.withdraw"
    HANDOVER_SEE = "handover.see"
    SHIFT_SEE = "shift.see"
    SHIFT_SET = "shift.set"
    SHIFT_IMPORT = "shift.import"
    POLICY_SEE = "policy.see"
    POLICY_SET = "policy.set"
    ABSENCE_SET = "absence.set"
    ABSENCE_READ = "absence.read"
    COVER_ASK = "cover.ask"
    COVER_READ = "cover.read"
    COVER_TAKE = "cover.take"
    COVER_CANCEL = "cover.cancel"
    COVER_ARRANGE = "cover.arrange"
    STANDUP_SEE = "standup.see"
    STANDUP_ANSWER = "standup.answer"
    STANDUP_SET = "standup.set"
    STANDUP_LEAD = "standup.lead"
    BLOCKER_TAKE = "blocker.take"
    BLOCKER_CLOSE = "blocker.close"
    SHIFT_NOTE_CONFIRM = "shift_note.confirm"
    CLOCK_RUN = "clock.run"


Relation = Callable[[Person, Thing], bool]


def anyone(_person: Person, _thing: Thing) -> bool:
    return True


def an_admin(person: Person, _thing: Thing) -> bool:
    return person.is_admin


def the_clock(person: Person, _thing: Thing) -> bool:
    return person.is_system


def the_operator(person: Person, _thing: Thing) -> bool:
    """Whoever runs Baton's own commands on its machine: no Slack account stands for them."""
    return person.is_system


def an_agent(person: Person, thing: Thing) -> bool:
    return person.has_role(thing.team_id, Role.AGENT)


def a_lead(person: Person, thing: Thing) -> bool:
    return person.has_role(thing.team_id, Role.LEAD)


def the_manager(person: Person, thing: Thing) -> bool:
    return person.has_role(thing.team_id, Role.MANAGER)


def an_observer(person: Person, thing: Thing) -> bool:
    return person.has_role(thing.team_id, Role.OBSERVER)


def the_reporter(person: Person, thing: Thing) -> bool:
    return person.id == thing.raised_by


def the_reporter_who_has_it_back(person: Person, thing: Thing) -> bool:
    """It was returned to them: perhaps because another team can help better."""
    return the_reporter(person, thing) and getattr(thing, "state", "") == "returned"


def the_owner(person: Person, thing: Thing) -> bool:
    return person.id == thing.owner_id


def a_follower(person: Person, thing: Thing) -> bool:
    return person.id in getattr(thing, "followers", ())


def who_was_called(person: Person, thing: Thing) -> bool:
    """A policy has told them of this case."""
    return person.id in getattr(thing, "called", ())


def the_giver(person: Person, thing: Thing) -> bool:
    """Who offers a handover, where a case has who raised it."""
    return person.id == thing.raised_by


def who_is_asked(person: Person, thing: Thing) -> bool:
    """To whom a handover is offered, where a case has its owner."""
    return person.id == thing.owner_id


ALLOWED: Mapping[Permission, tuple[Relation, ...]] = {
    Permission.WORKSPACE_SET_UP: (an_admin,),
    Permission.ROSTER_IMPORT: (an_admin, the_operator),
    Permission.SLACK_FOLLOW: (the_clock,),
    Permission.TEAM_EDIT: (an_admin, the_manager),
    Permission.CLOCKS_SET: (an_admin, a_lead, the_manager),
    Permission.TEAM_SEE: (an_admin, an_agent, a_lead, the_manager, an_observer),
    Permission.ESCALATION_RAISE: (anyone,),
    Permission.ESCALATION_SEE: (
        the_reporter,
        the_owner,
        a_lead,
        the_manager,
        an_observer,
        an_admin,
        who_was_called,
        a_follower,
    ),
    Permission.ESCALATION_CLAIM: (a_lead, the_manager, who_was_called),
    Permission.ESCALATION_RETURN: (the_owner, a_lead, the_manager),
    Permission.ESCALATION_RESOLVE: (the_owner, a_lead, the_manager),
    Permission.ESCALATION_REOPEN: (the_reporter, a_lead, the_manager),
    Permission.ESCALATION_RESUBMIT: (the_reporter,),
    Permission.ESCALATION_WITHDRAW: (the_reporter,),
    Permission.ESCALATION_WORK: (the_owner, a_lead, the_manager),
    Permission.ESCALATION_MOVE: (
        the_owner,
        a_lead,
        the_manager,
        the_reporter_who_has_it_back,
    ),
    Permission.ESCALATION_KEEP: (the_owner,),
    Permission.ESCALATION_ESCALATE: (the_reporter, the_owner, a_lead, the_manager),
    Permission.ESCALATION_NOTE: (
        the_reporter,
        the_owner,
        a_lead,
        the_manager,
        who_was_called,
        a_follower,
    ),
    Permission.ESCALATION_RATE: (the_reporter,),
    Permission.ESCALATION_REPORT: (a_lead, the_manager, an_observer, an_admin),
    # Whoever is asked must also be able to own the case: RECEIVE is asked when it is offered and when it is answered.
    Permission.HANDOVER_OFFER: (the_owner,),
    Permission.HANDOVER_RECEIVE: (a_lead, the_manager),
    Permission.HANDOVER_ANSWER: (who_is_asked,),
    Permission.HANDOVER_WITHDRAW: (the_giver,),
    Permission.HANDOVER_SEE: (a_lead, the_manager),
    Permission.SHIFT_SEE: (an_admin, an_agent, a_lead, the_manager, an_observer),
    Permission.SHIFT_SET: (an_admin, a_lead, the_manager),
    Permission.SHIFT_IMPORT: (an_admin, the_operator),
    Permission.POLICY_SEE: (an_admin, an_agent, a_lead, the_manager, an_observer),
    Permission.POLICY_SET: (an_admin, a_lead, the_manager),
    # Whose absence it is, is its owner. Why somebody is away concerns nobody but them and their leads.
    Permission.ABSENCE_SET: (the_owner, a_lead),
    Permission.ABSENCE_READ: (the_owner, a_lead),
    # Whose shift it is, is its owner. Why somebody needs cover concerns nobody but them and their leads.
    Permission.COVER_ASK: (the_owner, a_lead, the_manager, an_admin),
    Permission.COVER_READ: (the_owner, a_lead),
    Permission.COVER_TAKE: (an_agent, a_lead, the_manager),
    Permission.COVER_CANCEL: (the_owner, a_lead, the_manager, an_admin),
    Permission.COVER_ARRANGE: (a_lead, the_manager, an_admin),
    # What people say is for their team; an admin sets stand-ups up and does not read along. Who took part, and how people
    # feel, is for those who lead.
    Permission.STANDUP_SEE: (an_agent, a_lead, the_manager, an_observer),
    Permission.STANDUP_ANSWER: (an_agent, a_lead, the_manager),
    Permission.STANDUP_SET: (an_admin, a_lead, the_manager),
    Permission.STANDUP_LEAD: (a_lead, the_manager),
    # Who is blocked stands where a case has who raised it, who looks after it where a case has its owner.
    Permission.BLOCKER_TAKE: (an_agent, a_lead, the_manager),
    Permission.BLOCKER_CLOSE: (the_reporter, the_owner, a_lead, the_manager),
    Permission.SHIFT_NOTE_CONFIRM: (an_agent, a_lead, the_manager),
    Permission.CLOCK_RUN: (the_clock,),
}


def may(person: Person, permission: Permission, thing: Thing) -> bool:
    """Whether the table allows it. Nothing is ever allowed across workspaces."""
    if person.workspace_id != thing.workspace_id:
        return False
    return any(relation(person, thing) for relation in ALLOWED[permission])


def check_may(person: Person, permission: Permission, thing: Thing, refusal: str) -> None:
    """Raise Denied(`refusal`) unless the table allows it. `refusal` is a gettext id that says who may."""
    if not may(person, permission, thing):
        raise Denied(refusal)
