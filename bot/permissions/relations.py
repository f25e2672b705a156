"""What a person can be to a thing: each relation is a word of the permission table."""

from collections.abc import Callable
from typing import Protocol

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


def a_leader_of_theirs(person: Person, thing: Thing) -> bool:
    """Leads coach agents, managers also leads, and the managers of a department also the managers of its teams."""
    roles: frozenset[Role] = getattr(thing, "agent_roles", frozenset())
    if person.id == thing.owner_id:
        return False
    if Role.MANAGER in roles:
        return _manages_any(person, _chain(thing)[1:])
    if Role.LEAD in roles:
        return _manages_any(person, _chain(thing))
    # Who only observes is nobody's to coach.
    return Role.AGENT in roles and (a_lead(person, thing) or _manages_any(person, _chain(thing)))


def the_author(person: Person, thing: Thing) -> bool:
    """Who wrote a note, wherever they are now."""
    return person.id == thing.raised_by


def the_author_who_still_leads(person: Person, thing: Thing) -> bool:
    """Who wrote it, as long as they have anything to say in its team."""
    leads = a_lead(person, thing) or _manages_any(person, _chain(thing))
    return the_author(person, thing) and leads


def the_author_of_what_is_shared(person: Person, thing: Thing) -> bool:
    """The same, once it is shared."""
    return the_author_who_still_leads(person, thing) and getattr(thing, "is_shared", False)


def whom_it_is_shared_with(person: Person, thing: Thing) -> bool:
    """Whom the note is about, once it is shared."""
    return person.id == thing.owner_id and getattr(thing, "is_shared", False)


def the_chain_it_is_shared_with(person: Person, thing: Thing) -> bool:
    """The managers of the team and of the departments above it, at present, if the author chose that."""
    return getattr(thing, "is_shared_with_chain", False) and _manages_any(person, _chain(thing))


def who_decides(person: Person, thing: Thing) -> bool:
    """Whom a dispute was given to."""
    return person.id == getattr(thing, "decider_id", None)


def whom_it_is_about(person: Person, thing: Thing) -> bool:
    """Who is coached, whichever side promised something."""
    return person.id == getattr(thing, "agent_id", None)


def who_is_thanked(person: Person, thing: Thing) -> bool:
    return person.id in getattr(thing, "receivers", ())


def a_manager_above(person: Person, thing: Thing) -> bool:
    """The managers of the departments that a team reports to."""
    return _manages_any(person, _chain(thing)[1:])


def who_leads_anywhere(person: Person, _thing: Thing) -> bool:
    """The leads and managers of any team."""
    return any(roles & {Role.LEAD, Role.MANAGER} for roles in person.roles.values())


def _chain(thing: Thing) -> tuple[str, ...]:
    """The ids of a team and of the departments above it."""
    found: tuple[str, ...] = getattr(thing, "chain", ()) or (thing.team_id,)
    return found


def _manages_any(person: Person, team_ids: tuple[str, ...]) -> bool:
    return any(person.has_role(one, Role.MANAGER) for one in team_ids)
