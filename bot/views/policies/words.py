"""The words of policies: whom a target means, when a level fires, what happens outside hours, and why nobody is reached."""

from collections.abc import Mapping, Sequence

from bot.rules.policies import Level, Outside, Policy, Target, TargetKind, Why
from bot.rules.policies.doubts import Doubt, Place
from bot.rules.policies.seen import TeamPolicies
from bot.rules.severities import Severity
from bot.rules.teams import Group, Team
from bot.text import Text, _, channel_link, escape, mention
from bot.views.escalations.words import SEVERITIES, minutes
from bot.views.teams.words import mentions

Groups = Mapping[str, Group]
JOINED_LIMIT = 2700  # a block holds 3,000 with what stands around it

KINDS: Mapping[TargetKind, str] = {
    TargetKind.LEAD_ON_SHIFT: _("the lead on shift"),
    TargetKind.LEADS: _("all leads"),
    TargetKind.REPORTERS_LEAD: _("the lead of whoever raised it"),
    TargetKind.MANAGER: _("the manager"),
    TargetKind.EVERYONE: _("everyone in the team"),
}
OUTSIDE: Mapping[Outside, str] = {
    Outside.QUEUE: _("Wait until the team opens"),
    Outside.OTHER: _("Another policy takes over"),
    Outside.ANYWAY: _("The same as ever"),
}
HEARERS: Mapping[Place, str] = {
    Place.WARNED: _("When three quarters of a time are over"),
    Place.BREACHED: _("When a time is over"),
}
WHY: Mapping[Why, str] = {
    Why.NOBODY_LEADS: _("nobody leads this team"),
    Why.NOBODY_ON_SHIFT: _("no lead is on shift then"),
    Why.NEVER_ON_SHIFT: _("no lead is on any shift of the next four weeks"),
    Why.NO_MANAGER: _("this team has no manager"),
    Why.NO_REPORTERS_LEAD: _("nobody else leads a team of whoever raises it"),
    Why.NOBODY_IN_TEAM: _("nobody is in this team"),
    Why.NO_GROUP: _("the user group is empty or gone"),
    Why.NO_CHANNEL: _("the channel is gone, or Baton is not in it"),
    Why.HAS_LEFT: _("they can't be told any more"),
    Why.IS_AWAY: _("they are away then"),
    Why.ALL_AWAY: _("all of them are away then"),
}


def severity(team: Team, one: Severity, t: Text) -> str:
    """As the team calls it. Not escaped."""
    return team.severity_names.get(one) or t(SEVERITIES[one])


def severities(team: Team, policy: Policy, t: Text) -> str:
    """What cases a policy is for."""
    if policy.only_instead:
        return t("takes over from another policy outside opening hours")
    if policy.is_general:
        return t("for every severity without its own policy")
    return of_severities(team, [one for one in Severity if one in policy.severities], t)


def of_severities(team: Team, some: Sequence[Severity], t: Text) -> str:
    """`for Critical, High`."""
    named = ", ".join(escape(severity(team, one, t)) for one in some)
    return t("for {severities}", severities=named)


def target(one: Target, groups: Groups, t: Text) -> str:
    match one.kind:
        case TargetKind.PERSON:
            return mention(one.id)
        case TargetKind.GROUP:
            return escape(groups[one.id].name if one.id in groups else one.id)
        case TargetKind.CHANNEL:
            return channel_link(one.id)
        case TargetKind.ROUND_ROBIN:
            return t("the next of {people}", people=mentions(one.people, t))
        case _:
            return t(KINDS[one.kind])


def targets(some: Sequence[Target], groups: Groups, t: Text) -> str:
    return ", ".join(target(one, groups, t) for one in some) or t("nobody")


def waits(levels: Sequence[Level]) -> list[int]:
    """After how many minutes from the beginning each level fires, if each before it reaches somebody."""
    found, passed = [], 0
    for level in levels:
        found.append(passed)
        passed += level.minutes
    return found


def after(passed: int, t: Text) -> str:
    return t("after {time}", time=minutes(passed, t)) if passed else t("at once")


def in_words(policy: Policy, seen: TeamPolicies, t: Text) -> str:
    """The policy in one line: `at once: the lead on shift · after 15 minutes: all leads · …`."""
    parts = [
        f"{after(passed, t)}: {targets(level.targets, seen.groups, t)}"
        for passed, level in zip(waits(policy.levels), policy.levels, strict=True)
    ]
    parts += [again(policy, t)] if policy.repeats else []
    return joined([*parts, outside(policy, seen, t)], t)


def joined(parts: Sequence[str], t: Text, between: str = " · ") -> str:
    """As many of the parts as a block can hold, and how many are left out: none is cut in the middle of a mention."""
    shown: list[str] = []
    for part in parts:
        if sum(map(len, shown)) + len(between) * len(shown) + len(part) > JOINED_LIMIT:
            more = len(parts) - len(shown)
            return between.join([*shown, t.n("and {count} more", "and {count} more", more)])
        shown.append(part)
    return between.join(shown)


def again(policy: Policy, t: Text) -> str:
    """`then again from level 2, 3 times`; nothing for one that is not repeated."""
    if not policy.repeats:
        return ""
    return t.n(
        "then again from level {level}, once",
        "then again from level {level}, {count} times",
        policy.repeats,
        level=policy.repeat_from + 1,
    )


def outside(policy: Policy, seen: TeamPolicies, t: Text) -> str:
    """What happens while the team is closed. A team that is always open has no such time."""
    if seen.team.hours.always_open:
        return t("the team is always open")
    if policy.outside is Outside.QUEUE:
        return t("outside opening hours it waits until the team opens")
    if policy.outside is Outside.ANYWAY:
        return t("outside opening hours it is the same")
    other = seen.find(policy.other_policy_id)
    if other is None:
        return t("outside opening hours it is the same, since the policy that took over is gone")
    return t("outside opening hours “{name}” takes over", name=escape(other.name))


def doubts(found: Sequence[Doubt], groups: Groups, t: Text) -> list[str]:
    """What a lead should look at, line by line."""
    return [_doubt(one, groups, t) for one in found]


def _doubt(one: Doubt, groups: Groups, t: Text) -> str:
    who, why = target(one.target, groups, t), t(WHY[one.why])
    if one.place is Place.WARNED:
        return t("Three quarters of the time: {who} is not reached, as {why}.", who=who, why=why)
    if one.place is Place.BREACHED:
        return t("Time is over: {who} is not reached, as {why}.", who=who, why=why)
    level = one.level + 1
    if one.alone:
        return t("Level {level} reaches nobody: {who}, as {why}.", level=level, who=who, why=why)
    return t("Level {level}: {who} is not reached, as {why}.", level=level, who=who, why=why)
