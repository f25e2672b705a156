"""Who may do what with coaching and kudos, stated from what was promised to people, without a look at the permission table.

Everything is in words of the promise: somebody stands in some way to a team and to a note, and the note is as it is.
Nothing here may import what it is to catch.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.people import Role
from bot.rules.coaching import State, Visibility

LEADS = frozenset({Role.LEAD, Role.MANAGER})
NO_ROLES: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as they stand now to the team in which a note was written.

    `roles` are theirs in that team, `above` theirs in the departments over it. Whatever they are in any other team gives
    them nothing. `is_author`, `is_agent` and `is_decider` are written in the note itself, and stay when people move on.
    """

    is_here: bool = True
    is_clock: bool = False
    is_admin: bool = False
    roles: frozenset[Role] = NO_ROLES
    above: frozenset[Role] = NO_ROLES
    is_author: bool = False
    is_agent: bool = False
    is_decider: bool = False

    @property
    def manages(self) -> bool:
        """The chain: whoever manages the team or a department above it, as it is now."""
        return Role.MANAGER in self.roles or Role.MANAGER in self.above

    @property
    def leads(self) -> bool:
        """A department's leads lead the department's own people, not those of the teams below."""
        return self.manages or Role.LEAD in self.roles

    @property
    def writes_still(self) -> bool:
        """Who wrote a note can do nothing but read it once they do not lead that team any more."""
        return self.is_author and self.leads


@dataclass(frozen=True, slots=True)
class About:
    """A note as it stands. `agent_roles` is what the person it is about is in the team now.

    `is_done`: what is promised in it was done. `is_led`: its author still leads there.
    """

    visibility: Visibility
    state: State
    agent_roles: frozenset[Role] = frozenset({Role.AGENT})
    is_done: bool = False
    is_led: bool = True

    @property
    def is_shared(self) -> bool:
        """Private is private, whatever else a row may say."""
        return self.state is not State.DRAFT and self.visibility is not Visibility.PRIVATE

    @property
    def is_for_chain(self) -> bool:
        return self.is_shared and self.visibility is Visibility.CHAIN


class Asked(StrEnum):
    """What people ask for. Each is one thing that a person can do in Slack."""

    SEE = "see"
    EDIT = "edit"
    DISCARD = "discard"
    SHARE = "share"
    ACKNOWLEDGE = "acknowledge"
    COMMENT = "comment"
    DISPUTE = "dispute"
    DECIDE = "decide"
    AMEND = "amend"
    CLOSE = "close"
    SETTLE_AGENTS = "settle the agent's"
    SETTLE_LEADS = "settle the lead's"
    REOPEN_AGENTS = "not done after all, of the agent's"
    REOPEN_LEADS = "not done after all, of the lead's"
    EXPORT = "export"
    FIND = "find"
    """It is among what they find by searching: whatever they may see, and nothing else."""
    TOLD_OF_LOOKS = "told of looks"
    """In their own data they read who looked at it."""


def may_coach(who: Who, agent_roles: frozenset[Role]) -> bool:
    """Leads coach agents; managers leads as well; a department's managers also managers. Nobody coaches themselves.

    Who is several things in a team is coached as the highest of them. Observers are nobody's to coach.
    """
    if not who.is_here or who.is_clock or who.is_agent:
        return False
    coached_by = {
        Role.MANAGER: Role.MANAGER in who.above,
        Role.LEAD: who.manages,
        Role.AGENT: who.leads,
    }
    return next((may for role, may in coached_by.items() if role in agent_roles), False)


def may(who: Who, asked: Asked, note: About) -> bool:
    """Whether they may ask for this at all. `is_time_for` says whether it is the moment."""
    return who.is_here and not who.is_clock and _MAY[asked](who, note)


def is_time_for(asked: Asked, note: About) -> bool:
    """Whether a note in this state can still, or already, be treated so, whoever asks."""
    if asked in _OF_WHAT_IS_DONE:
        return note.state in _LIVING and note.is_done is _OF_WHAT_IS_DONE[asked]
    return note.state in _WHEN.get(asked, frozenset(State))


def works(who: Who, asked: Asked, note: About) -> bool:
    return may(who, asked, note) and is_time_for(asked, note)


def _sees(who: Who, note: About) -> bool:
    """Its author for ever; the agent and, if it says so, the chain once it is shared; who decides, from the dispute on."""
    if who.is_author:
        return True
    decides = who.is_decider and note.state in _WITH_DECIDER
    return note.is_shared and (who.is_agent or decides or (note.is_for_chain and who.manages))


def _edits(who: Who, note: About) -> bool:
    return who.writes_still and note.state is State.DRAFT


def _discards(who: Who, note: About) -> bool:
    """A draft belongs to its author alone; to throw it away harms nobody, so that is theirs even after they have left."""
    return who.is_author and note.state is State.DRAFT


def _shares(who: Who, note: About) -> bool:
    """They must still be the one who coaches this person."""
    return (
        _edits(who, note)
        and note.visibility is not Visibility.PRIVATE
        and may_coach(who, note.agent_roles)
    )


def _answers(who: Who, note: About) -> bool:
    return who.is_agent and not who.is_author and note.is_shared


def _comments(who: Who, note: About) -> bool:
    return note.is_shared and (who.is_agent or who.writes_still)


def _decides(who: Who, note: About) -> bool:
    return who.is_decider and not who.is_author and not who.is_agent and note.state in _WITH_DECIDER


def _amends(who: Who, note: About) -> bool:
    return note.is_shared and who.writes_still


def _settles(who: Who, note: About) -> bool:
    """Both sides may say that something is done; nobody else may."""
    return note.is_shared and (who.is_agent or who.writes_still)


def _reopens_leads(who: Who, note: About) -> bool:
    """What a lead has promised who has gone would never be done."""
    return _settles(who, note) and note.is_led


def _takes_along(who: Who, note: About) -> bool:
    """Only what is shared, and only those it belongs to: who decides reads it, and does not take it along."""
    return note.is_shared and (
        who.is_agent or who.writes_still or (note.is_for_chain and who.manages)
    )


def _is_told_of_looks(who: Who, note: About) -> bool:
    return who.is_agent and note.is_shared


_MAY = {
    Asked.SEE: _sees,
    Asked.EDIT: _edits,
    Asked.DISCARD: _discards,
    Asked.SHARE: _shares,
    Asked.ACKNOWLEDGE: _answers,
    Asked.COMMENT: _comments,
    Asked.DISPUTE: _answers,
    Asked.DECIDE: _decides,
    Asked.AMEND: _amends,
    Asked.CLOSE: _amends,
    Asked.SETTLE_AGENTS: _settles,
    Asked.SETTLE_LEADS: _settles,
    Asked.REOPEN_AGENTS: _settles,
    Asked.REOPEN_LEADS: _reopens_leads,
    Asked.EXPORT: _takes_along,
    Asked.FIND: _sees,
    Asked.TOLD_OF_LOOKS: _is_told_of_looks,
}
_WITH_DECIDER = frozenset({State.DISPUTED, State.DECIDED, State.CLOSED})
_LIVING = frozenset({State.SHARED, State.ACKNOWLEDGED, State.DISPUTED, State.DECIDED})
_WHEN = {
    Asked.EDIT: frozenset({State.DRAFT}),
    Asked.DISCARD: frozenset({State.DRAFT}),
    Asked.SHARE: frozenset({State.DRAFT}),
    Asked.ACKNOWLEDGE: frozenset({State.SHARED}),
    Asked.COMMENT: _LIVING,
    Asked.DISPUTE: frozenset({State.SHARED, State.ACKNOWLEDGED}),
    Asked.DECIDE: frozenset({State.DISPUTED}),
    Asked.AMEND: _LIVING,
    Asked.CLOSE: frozenset({State.ACKNOWLEDGED, State.DECIDED}),
}
# What is closed has nothing open in it, and nothing is taken back in it.
_OF_WHAT_IS_DONE = {
    Asked.SETTLE_AGENTS: False,
    Asked.SETTLE_LEADS: False,
    Asked.REOPEN_AGENTS: True,
    Asked.REOPEN_LEADS: True,
}


class Thanks(StrEnum):
    """What people ask for of kudos, in a team or of one thanks."""

    GIVE = "give"
    UNDO = "undo"
    SEE = "see"
    QUIET_LIST = "quiet list"
    FLAGS = "flags"
    SET = "set"


def may_thank(  # noqa: PLR0911 - one line for each thing that can be asked
    who: Who, asked: Thanks, *, gave: bool = False, got: bool = False, is_public: bool = True
) -> bool:
    """`gave` and `got` say how they stand to the thanks; a private one is between those alone."""
    if not who.is_here:
        return False
    match asked:
        case Thanks.GIVE:
            return True
        case Thanks.UNDO:
            return gave
        case Thanks.SEE:
            return is_public or gave or got
        case Thanks.QUIET_LIST:
            return bool(who.roles & LEADS)
        case Thanks.FLAGS:
            return Role.MANAGER in who.roles
        case Thanks.SET:
            return who.is_admin or bool(who.roles & LEADS)


def may_set_coaching(who: Who) -> bool:
    """A team's words and times are its own leads' and managers'; admins set up every team."""
    return who.is_here and (who.is_admin or bool(who.roles & LEADS))
