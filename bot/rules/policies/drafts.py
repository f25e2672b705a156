"""Policies as somebody filled them in, and what a good one looks like: one refusal per field."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.errors import Refused
from bot.rules.policies.kinds import (
    LONGEST_WAIT,
    REPEATS_AT_MOST,
    ROUND_AT_MOST,
    TARGETS_AT_MOST,
    Level,
    Outside,
    Policy,
    Target,
    TargetKind,
)
from bot.rules.severities import Severity
from bot.rules.teams import Group, name_key
from bot.text import _

NAME_LIMIT = 40
PLEASE_CHOOSE = _("Please choose from the list.")
BY_WORD = (
    TargetKind.LEAD_ON_SHIFT,
    TargetKind.LEADS,
    TargetKind.REPORTERS_LEAD,
    TargetKind.MANAGER,
    TargetKind.EVERYONE,
)
"""The kinds that name nobody: whoever they are when the level fires."""
HEARERS = (TargetKind.LEAD_ON_SHIFT, TargetKind.LEADS, TargetKind.MANAGER)
"""The kinds that can hear of late cases: those are said in the thread of the card, which is the team's own chain's."""


@dataclass(frozen=True, slots=True)
class TargetsDraft:
    """Who is told, as the form holds it: kinds by their word, people, user groups, channels, and a round in its order."""

    kinds: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    channels: tuple[str, ...] = ()
    round: tuple[str, ...] = ()

    def targets(self) -> tuple[Target, ...]:
        """What it means; call `targets_problems` first."""
        return (
            *(Target(kind) for kind in BY_WORD if kind in self.kinds),
            *(Target(TargetKind.PERSON, one) for one in dict.fromkeys(self.people)),
            *(Target(TargetKind.GROUP, one.id) for one in self.groups),
            *(Target(TargetKind.CHANNEL, one) for one in dict.fromkeys(self.channels)),
            *([Target(TargetKind.ROUND_ROBIN, people=self.round)] if self.round else ()),
        )


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """A level as the form holds it; `minutes` is None when it was no whole number."""

    told: TargetsDraft = field(default_factory=TargetsDraft)
    minutes: int | None = None

    def written(self) -> Level:
        assert self.minutes is not None
        return Level(self.told.targets(), self.minutes)


@dataclass(frozen=True, slots=True)
class SettingsDraft:
    """What a policy says besides its levels, as the form holds it. `repeat_from` is an index."""

    name: str = ""
    severities: tuple[str, ...] = ()
    only_instead: bool = False
    repeats: int = 0
    repeat_from: int = 0
    outside: str = Outside.QUEUE
    other: str = ""

    def over(self, before: Policy) -> Policy:
        """The policy with these settings; call `settings_problems` first."""
        outside = Outside(self.outside)
        return replace(
            before,
            name=" ".join(self.name.split()),
            severities=frozenset(Severity(one) for one in self.severities),
            only_instead=self.only_instead,
            repeats=self.repeats,
            repeat_from=min(self.repeat_from, len(before.levels) - 1),
            outside=outside,
            other_policy_id=self.other if outside is Outside.OTHER else None,
        )


def targets_draft_of(targets: Sequence[Target], groups: dict[str, Group]) -> TargetsDraft:
    """The targets as they stand in the form, with the names of their user groups."""

    def ids(kind: TargetKind) -> tuple[str, ...]:
        return tuple(one.id for one in targets if one.kind is kind)

    rounds = [one.people for one in targets if one.kind is TargetKind.ROUND_ROBIN]
    return TargetsDraft(
        tuple(one.kind for one in targets if one.kind in BY_WORD),
        ids(TargetKind.PERSON),
        tuple(groups.get(one, Group(one)) for one in ids(TargetKind.GROUP)),
        ids(TargetKind.CHANNEL),
        rounds[0] if rounds else (),
    )


def settings_draft_of(policy: Policy) -> SettingsDraft:
    return SettingsDraft(
        policy.name,
        tuple(str(one) for one in Severity if one in policy.severities),
        policy.only_instead,
        policy.repeats,
        policy.repeat_from,
        policy.outside,
        policy.other_policy_id or "",
    )


def targets_problems(draft: TargetsDraft) -> dict[str, Refused]:
    """What is wrong with it by itself. Whether the people can be told, and the channels be used, is asked elsewhere."""
    if not set(draft.kinds) <= {str(one) for one in BY_WORD}:
        return {"kinds": Refused(PLEASE_CHOOSE)}
    chosen = len(draft.targets())
    if not chosen:
        return {"kinds": Refused(_("Choose at least one: somebody has to be told."))}
    if len(draft.round) > ROUND_AT_MOST:
        return {"round": Refused(_("Please choose at most {limit} people."), limit=ROUND_AT_MOST)}
    if chosen > TARGETS_AT_MOST:
        return {
            "people": Refused(
                _("That is {count} in all. Please keep it to {limit}; a user group counts as one."),
                count=chosen,
                limit=TARGETS_AT_MOST,
            )
        }
    return {}


def hearers_problems(draft: TargetsDraft, chain: Collection[str]) -> dict[str, Refused]:
    """What is wrong with those who hear of late cases, in a team of which these are the leads and managers.

    They may be nobody: the levels go on telling people whether a time is over or not.
    """
    if not draft.targets():
        return {}
    found = targets_problems(draft)
    if not found and not set(draft.kinds) <= {str(one) for one in HEARERS}:
        found["kinds"] = Refused(PLEASE_CHOOSE)
    if not found and not set(draft.people) <= set(chain):
        found["people"] = Refused(
            _("Only leads and managers of this team hear of late cases. A level can tell others.")
        )
    return found


def level_problems(draft: LevelDraft) -> dict[str, Refused]:
    found = targets_problems(draft.told)
    if draft.minutes is None or not 0 <= draft.minutes <= LONGEST_WAIT:
        found["minutes"] = Refused(
            _("Write a whole number of minutes, from 0 to {longest} (a week)."),
            longest=LONGEST_WAIT,
        )
    return found


def settings_problems(
    draft: SettingsDraft, before: Policy, known: Sequence[Policy]
) -> dict[str, Refused]:
    """Everything that is wrong with the settings of `before`, among the team's policies."""
    others = [one for one in known if one.id != before.id]
    found = {
        "name": _name_problem(draft.name, others),
        "severities": _severities_problem(draft, others),
        "repeats": None if 0 <= draft.repeats <= REPEATS_AT_MOST else Refused(PLEASE_CHOOSE),
        "repeat_from": None
        if 0 <= draft.repeat_from < len(before.levels)
        else Refused(_("There is no such level any more. Please choose another one.")),
        "outside": None if draft.outside in {*Outside} else Refused(_("Please choose one.")),
        "other": _other_problem(draft, before, others),
    }
    return {name: problem for name, problem in found.items() if problem}


def _name_problem(name: str, others: Sequence[Policy]) -> Refused | None:
    if not name.strip():
        return Refused(_("A policy needs a name."))
    if len(name.strip()) > NAME_LIMIT:
        return Refused(_("Please keep the name under {limit} characters."), limit=NAME_LIMIT + 1)
    if name_key(name) in {name_key(one.name) for one in others}:
        return Refused(_("There is a policy of this name already. Please choose another name."))
    return None


def _severities_problem(draft: SettingsDraft, others: Sequence[Policy]) -> Refused | None:
    """Each severity has one policy of its own at most, and all that have none share one."""
    if not set(draft.severities) <= {*Severity}:
        return Refused(PLEASE_CHOOSE)
    if draft.only_instead:
        if draft.severities:
            return Refused(_("Tick severities, or that it only takes over from another policy."))
        return None
    for one in others:
        if one.severities & set(draft.severities):
            return Refused(
                _("“{name}” is for one of these already. A severity has one policy."),
                name=one.name,
            )
        if one.is_general and not draft.severities:
            return Refused(
                _("“{name}” is for all others already. Tick the severities that this one is for."),
                name=one.name,
            )
    return None


def _other_problem(
    draft: SettingsDraft, before: Policy, others: Sequence[Policy]
) -> Refused | None:
    if draft.outside != Outside.OTHER:
        return None
    known = {one.id: one for one in others}
    if draft.other not in known:
        return Refused(_("Please choose which policy takes over."))
    if _is_circle(draft.other, known, before):
        return Refused(
            _("That goes round in a circle: “{name}” leads back to this policy."),
            name=known[draft.other].name,
        )
    return None


def _is_circle(found: str, known: Mapping[str, Policy], before: Policy) -> bool:
    """Whether handing over leads back to the policy itself, or into a circle of others."""
    seen = {before.id}
    while found in known:
        if found in seen:
            return True
        seen.add(found)
        following = known[found]
        if following.outside is not Outside.OTHER:
            return False
        found = following.other_policy_id or ""
    return bool(before.id) and found == before.id
