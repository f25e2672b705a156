"""One policy in set-up: its levels in order, how it goes on, who hears of late cases, and what a lead should look at."""

import json
from collections.abc import Iterator

from bot.rules.policies import LEVELS_AT_MOST, Level, Policy
from bot.rules.policies.doubts import Place
from bot.rules.policies.seen import TeamPolicies
from bot.rules.severities import Severity
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.policies import ids, words
from bot.views.policies.listing import doubtful, idle


def policy_page(policy: Policy, seen: TeamPolicies, t: Text) -> Block:
    """The modal. Who may not set policies sees the same without the buttons."""
    title = f"*{escape(policy.name)}* · {words.severities(seen.team, policy, t)}"
    blocks = [
        b.section(title),
        *idle(policy, seen, t),
        *doubtful(seen.doubts(policy), seen, t),
        *(block for index in range(len(policy.levels)) for block in _level(policy, index, seen, t)),
        *_add(policy, seen, t),
        b.divider(),
        b.section(_goes_on(policy, seen, t), accessory=_change(policy, seen, t)),
        *(_hearers(policy, place, seen, t) for place in words.HEARERS),
        b.divider(),
        b.actions(*_buttons(policy, seen, t)),
    ]
    return b.modal(
        ids.POLICIES,
        t("Policy"),
        blocks,
        close=t("Close"),
        private_metadata=json.dumps({"team": seen.team.id, "policy": policy.id}),
    )


def named(policy: Policy, *more: object) -> str:
    """What a button carries: the policy as it is now, and whatever else it needs."""
    return ":".join(map(str, (policy.team_id, policy.id, policy.version, *more)))


def _level(policy: Policy, index: int, seen: TeamPolicies, t: Text) -> Iterator[Block]:
    level = policy.levels[index]
    passed = words.after(words.waits(policy.levels)[index], t)
    title = t("Level {level}", level=index + 1)
    yield b.section(f"*{title}* · {passed}\n{words.targets(level.targets, seen.groups, t)}")
    if seen.may_set:
        yield b.actions(*_level_buttons(policy, index, level, t))


def _level_buttons(policy: Policy, index: int, _level: Level, t: Text) -> Iterator[Block]:
    value, number = named(policy, index), index + 1
    label = b.shorten(t("Change level {level}", level=number), b.BUTTON_LIMIT)
    yield b.button(t("Change"), f"{ids.LEVEL_CHANGE}:{index}", value, accessibility_label=label)
    if index:
        label = b.shorten(t("Move level {level} up", level=number), b.BUTTON_LIMIT)
        yield b.button(t("Up"), f"{ids.LEVEL_UP}:{index}", value, accessibility_label=label)
    if number < len(policy.levels):
        label = b.shorten(t("Move level {level} down", level=number), b.BUTTON_LIMIT)
        yield b.button(t("Down"), f"{ids.LEVEL_DOWN}:{index}", value, accessibility_label=label)
    if len(policy.levels) > 1:
        label = b.shorten(t("Take out level {level}", level=number), b.BUTTON_LIMIT)
        yield b.button(
            t("Take out"), f"{ids.LEVEL_REMOVE}:{index}", value, accessibility_label=label
        )


def _add(policy: Policy, seen: TeamPolicies, t: Text) -> Iterator[Block]:
    if seen.may_set and len(policy.levels) < LEVELS_AT_MOST:
        yield b.actions(b.button(t("Add a level"), ids.LEVEL_NEW, named(policy)))


def _goes_on(policy: Policy, seen: TeamPolicies, t: Text) -> str:
    """What comes after the last level, and what happens while the team is closed."""
    last = words.again(policy, t) or t("after the last level that one is told once a day")
    facts = t("After the last level")
    return f"*{facts}*\n{last} · {words.outside(policy, seen, t)}"


def _change(policy: Policy, seen: TeamPolicies, t: Text) -> Block | None:
    if not seen.may_set:
        return None
    label = t("Change name, severities and what happens after the last level")
    return b.button(
        t("Change"),
        ids.CHANGE,
        named(policy),
        accessibility_label=b.shorten(label, b.BUTTON_LIMIT),
    )


def _hearers(policy: Policy, place: Place, seen: TeamPolicies, t: Text) -> Block:
    told = policy.warned if place is Place.WARNED else policy.breached
    title = t(words.HEARERS[place])
    change = b.button(
        t("Change"),
        f"{ids.HEARERS}:{place}",
        named(policy, place),
        accessibility_label=b.shorten(f"{title}: {t('Change')}", b.BUTTON_LIMIT),
    )
    return b.section(
        f"*{title}*\n{words.targets(told, seen.groups, t)}",
        accessory=change if seen.may_set else None,
    )


def _buttons(policy: Policy, seen: TeamPolicies, t: Text) -> Iterator[Block]:
    urgent = [one for one in Severity if one in policy.severities]
    chosen = urgent[0] if urgent else Severity.HIGH
    yield b.button(t("What would happen?"), ids.TRY, f"{seen.team.id}:{chosen}")
    yield b.button(t("All policies"), ids.OPEN, seen.team.id)
    if seen.may_set:
        sure = b.confirm(
            t("Take this policy out?"),
            t("Its severities then have the team's general policy, or Baton's own."),
            t("Take out"),
            t("Keep it"),
        )
        yield b.button(
            t("Take out policy"), ids.REMOVE, named(policy), style="danger", confirm=sure
        )
