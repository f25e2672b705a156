"""Who may do what: one table that a manager can read. Denied unless a line allows it.

A line says: for this permission, any of these relations between the person and the thing is enough.
Services check it when a button is drawn, when it is clicked and when its form is submitted.
"""

from collections.abc import Mapping

from bot.errors import Denied
from bot.people import Person
from bot.permissions.names import Permission
from bot.permissions.relations import (
    Relation,
    Thing,
    a_follower,
    a_lead,
    a_leader_of_theirs,
    a_manager_above,
    an_admin,
    an_agent,
    an_observer,
    anyone,
    the_author,
    the_author_of_what_is_shared,
    the_author_who_still_leads,
    the_chain_it_is_shared_with,
    the_clock,
    the_giver,
    the_manager,
    the_operator,
    the_owner,
    the_reporter,
    the_reporter_who_has_it_back,
    who_decides,
    who_is_asked,
    who_is_thanked,
    who_leads_anywhere,
    who_was_called,
    whom_it_is_about,
    whom_it_is_shared_with,
)
from bot.text import _

__all__ = ["ALLOWED", "ONLY_THE_CLOCK", "Permission", "Thing", "check_may", "may"]

ONLY_THE_CLOCK = _("Only the clock does this.")
"""The refusal of what a timer does: nobody ever reads it, unless somebody found a way to do that themselves."""

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
    # A note belongs to its author and to whom it is about. Nobody inherits a private one, no admin reads along, and who
    # does not lead the team any more reads what they wrote and does nothing else with it.
    Permission.COACHING_WRITE: (a_leader_of_theirs,),
    Permission.COACHING_SEE: (
        the_author,
        whom_it_is_shared_with,
        the_chain_it_is_shared_with,
        who_decides,
    ),
    Permission.COACHING_EDIT: (the_author_who_still_leads,),
    Permission.COACHING_DISCARD: (the_author,),
    Permission.COACHING_ADD: (the_author_who_still_leads, whom_it_is_shared_with),
    Permission.COACHING_ANSWER: (whom_it_is_shared_with,),
    Permission.COACHING_DECIDE: (who_decides,),
    Permission.COACHING_CLOSE: (the_author_who_still_leads,),
    # Only of what is shared: nothing private is ever in a file.
    Permission.COACHING_EXPORT: (
        the_author_of_what_is_shared,
        whom_it_is_shared_with,
        the_chain_it_is_shared_with,
    ),
    Permission.COACHING_SET: (an_admin, a_lead, the_manager),
    # Both sides may say that something is done, whoever of them promised it.
    Permission.COMMITMENT_SETTLE: (whom_it_is_about, the_author_who_still_leads),
    Permission.KUDOS_GIVE: (anyone,),
    Permission.KUDOS_UNDO: (the_giver,),
    # What is private is between these two; what is public is read in the team's channel.
    Permission.KUDOS_SEE: (the_giver, who_is_thanked),
    Permission.KUDOS_LEAD: (a_lead, the_manager),
    Permission.KUDOS_FLAGS: (the_manager,),
    Permission.KUDOS_SET: (an_admin, a_lead, the_manager),
    # The numbers of a team are the team's; those of one person are theirs and their chain's, and no admin's.
    Permission.METRICS_SEE: (an_admin, an_agent, a_lead, the_manager, an_observer, a_manager_above),
    Permission.METRICS_SEE_PERSON: (the_owner, a_leader_of_theirs),
    Permission.METRICS_LEAD: (a_lead, the_manager, a_manager_above),
    Permission.METRICS_SET: (an_admin, a_lead, the_manager, a_manager_above),
    # A definition holds for the workspace. Its owner keeps it, wherever they lead now.
    Permission.METRICS_DEFINE: (an_admin, the_owner, who_leads_anywhere),
    Permission.METRICS_REDEFINE: (an_admin, the_owner),
    Permission.METRICS_IMPORT: (an_admin, a_lead, the_manager, a_manager_above, the_operator),
    Permission.METRICS_UNDO: (an_admin, the_owner, the_manager, a_manager_above, the_operator),
    Permission.METRICS_TOKENS: (an_admin,),
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
