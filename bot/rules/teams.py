"""A team and its settings: who shares a queue, where and when they work, and what a good set-up looks like."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.errors import Refused
from bot.people import Role
from bot.rules import calendars, zones
from bot.rules.calendars import BusinessHours, Calendar, HoursDraft
from bot.rules.severities import ANSWER_MINUTES, CLAIM_MINUTES, UPDATE_MINUTES, Severity
from bot.text import _, languages

NAME_LIMIT = 60
NAME_TAKEN = _("There is a team of this name already. Please choose another name.")
NOBODY_LEADS = _("Somebody has to lead: escalations go to the leads.")


@dataclass(frozen=True, slots=True)
class Team:
    """`zone` is an IANA name; channels are Slack ids; `language` is a language tag such as `en` or `pt-BR`.

    `claim_minutes` says how soon an escalation of each severity should have an owner, `update_minutes` how soon its owner
    owes the next word, `answer_minutes` how long one who was asked has to answer before the claim falls. `severity_names`
    are the team's own words. `budget_minor` is what the team may give away in a month, in the smallest unit of
    `budget_currency`. `department_id` is the team that it reports to. `version` counts the edits, so that one form cannot silently undo another.
    """

    workspace_id: str
    id: str
    name: str
    zone: str = "UTC"
    hours: BusinessHours = field(default_factory=BusinessHours)
    team_channel: str = ""
    leads_channel: str = ""
    language: str = "en"
    claim_minutes: Mapping[Severity, int] = field(default_factory=lambda: dict(CLAIM_MINUTES))
    update_minutes: Mapping[Severity, int] = field(default_factory=lambda: dict(UPDATE_MINUTES))
    answer_minutes: Mapping[Severity, int] = field(default_factory=lambda: dict(ANSWER_MINUTES))
    severity_names: Mapping[Severity, str] = field(default_factory=dict)
    budget_minor: int | None = None
    budget_currency: str = ""
    department_id: str | None = None
    version: int = 1

    @property
    def calendar(self) -> Calendar:
        """When it works, in its zone."""
        return Calendar(self.zone, self.hours)

    @property
    def team_id(self) -> str:
        return self.id

    @property
    def raised_by(self) -> str:
        return ""

    @property
    def owner_id(self) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Workspace:
    """The workspace as a whole, as a thing that permissions are about."""

    workspace_id: str
    team_id: str = ""
    raised_by: str = ""
    owner_id: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in one role of one team. Who is both lead and agent is there twice."""

    person_id: str
    name: str
    role: Role
    locale: str = "en-US"
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Group:
    """A Slack user group that fills a role: `members` are the ids of those in it when it was asked."""

    id: str
    name: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """A team as somebody filled it in. `people` were chosen one by one; `groups` stand for whoever is in them.

    `department_id` is the team that it reports to, or empty; `department_name` is only to be shown.
    """

    name: str
    zone: str = "UTC"
    hours: HoursDraft = field(default_factory=HoursDraft)
    team_channel: str = ""
    leads_channel: str = ""
    language: str = "en"
    department_id: str = ""
    department_name: str = ""
    people: Mapping[Role, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    groups: Mapping[Role, tuple[Group, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def person_ids(self) -> frozenset[str]:
        """Everybody named in it, chosen or through a group."""
        chosen = {one for ids in self.people.values() for one in ids}
        return frozenset(chosen.union(*(group.members for group in self.all_groups)))

    @property
    def all_groups(self) -> tuple[Group, ...]:
        return tuple(group for groups in self.groups.values() for group in groups)


@dataclass(frozen=True, slots=True)
class TeamSeen:
    """A team as one reader sees it on the list: who leads it, what they are in it, and what of it they may change."""

    team: Team
    leads: tuple[str, ...]
    mine: frozenset[Role]
    may_edit: bool
    may_set_clocks: bool = False
    may_set_standups: bool = False
    may_set_coaching: bool = False
    may_set_kudos: bool = False
    may_set_numbers: bool = False


@dataclass(frozen=True, slots=True)
class SetUp:
    """What `/baton` shows to one person. `owners` run the Slack workspace, and count while there is no admin."""

    teams: tuple[TeamSeen, ...] = ()
    admins: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    may_set_up: bool = False


def name_key(name: str) -> str:
    """Two names with the same key are the same name: case and spacing tell no teams apart."""
    return " ".join(name.split()).casefold()


def chain(team_id: str, above: Mapping[str, str]) -> tuple[str, ...]:
    """A team and the departments above it, the nearest first. `above` says which team each reports to; a circle ends."""
    found = [team_id]
    while (department := above.get(found[-1])) and department not in found:
        found.append(department)
    return tuple(found)


def problems(draft: TeamDraft) -> dict[str, Refused]:
    """One refusal per field that needs another look; empty means that the draft is fine."""
    found = {
        "name": _name_problem(draft.name),
        "zone": None if zones.is_zone(draft.zone) else Refused(_("Please choose a time zone.")),
        "leads_channel": None
        if draft.leads_channel
        else Refused(_("Escalations need a channel where the leads see them.")),
        "language": None
        if draft.language in languages()
        else Refused(_("Baton does not speak this language yet.")),
        Role.LEAD: None
        if draft.people.get(Role.LEAD) or draft.groups.get(Role.LEAD)
        else Refused(NOBODY_LEADS),
    }
    found |= calendars.problems(draft.hours)
    return {name: problem for name, problem in found.items() if problem}


def department_problem(
    team_id: str, department_id: str, above: Mapping[str, str], known: Collection[str]
) -> Refused | None:
    """Why this team cannot report to that one, if so. `above` says which team each reports to."""
    if not department_id:
        return None
    if department_id not in known:
        return Refused(_("That team is gone. Please choose another one."))
    if team_id in chain(department_id, above):
        return Refused(
            _(
                "That goes round in a circle: it reports to this team itself. Please choose another one."
            )
        )
    return None


def names_problem(ids_and_names: Sequence[str]) -> Refused:
    """What to say about people who were chosen and cannot take part."""
    return Refused(
        _("{names} can't have a role: only people who can answer can. Please take them out."),
        names=", ".join(ids_and_names),
    )


def _name_problem(name: str) -> Refused | None:
    if not name.strip():
        return Refused(_("A team needs a name."))
    if len(name.strip()) > NAME_LIMIT:
        return Refused(_("Please keep the name under {limit} characters."), limit=NAME_LIMIT + 1)
    return None
