"""A team's policies in set-up: each in words, with what a lead should look at, and what Baton does where there is none."""

import json
from collections.abc import Iterator, Sequence

from bot.rules import policies as rules
from bot.rules.policies import Policy
from bot.rules.policies.doubts import Doubt
from bot.rules.policies.seen import TeamPolicies
from bot.rules.severities import Severity
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.policies import ids, words
from bot.views.shifts import ids as shift_ids

LINES_SHOWN = 8


def team_policies(seen: TeamPolicies, t: Text) -> Block:
    """The modal. Who may not set policies sees the same without the buttons."""
    blocks = [
        b.section(f"*{escape(seen.team.name)}*"),
        b.context(
            t("A policy says who is told of a case that nobody has yet, and after how long.")
        ),
        *(block for one in seen.policies for block in _policy(one, seen, t)),
        *_default(seen, t),
        b.divider(),
        b.actions(*_buttons(seen, t)),
    ]
    return b.modal(
        ids.POLICIES,
        t("Policies"),
        blocks,
        close=t("Close"),
        private_metadata=json.dumps({"team": seen.team.id}),
    )


def doubtful(found: Sequence[Doubt], seen: TeamPolicies, t: Text) -> Iterator[Block]:
    """What a lead should look at, below what it is about. Nothing when all is well."""
    lines = [f"⚠️ {line}" for line in words.doubts(found, seen.groups, t)]
    if more := len(lines) - LINES_SHOWN:
        lines = lines[:LINES_SHOWN]
        if more > 0:
            lines.append(t.n("and {count} more", "and {count} more", more))
    if lines:
        yield b.context(words.joined(lines, t, "\n"))


def _policy(policy: Policy, seen: TeamPolicies, t: Text) -> Iterator[Block]:
    title = f"*{escape(policy.name)}* · {words.severities(seen.team, policy, t)}"
    opener = b.button(
        t("Open"),
        f"{ids.SHOW}:{policy.id}",
        f"{seen.team.id}:{policy.id}",
        accessibility_label=b.shorten(t("Open {name}", name=policy.name), b.BUTTON_LIMIT),
    )
    yield b.section(f"{title}\n{words.in_words(policy, seen, t)}", accessory=opener)
    yield from idle(policy, seen, t)
    yield from doubtful(seen.doubts(policy), seen, t)


def idle(policy: Policy, seen: TeamPolicies, t: Text) -> Iterator[Block]:
    if seen.is_never_used(policy):
        told = t("No policy hands over to this one yet, so it is never used.")
        yield b.context(f"⚠️ {told}")


def _default(seen: TeamPolicies, t: Text) -> Iterator[Block]:
    """What happens to the severities for which nobody has made a policy."""
    left = seen.by_default()
    if not left:
        return
    policy = rules.default_policy(seen.team, left[0])
    everything = len(left) == len(Severity)
    which = t("for every severity") if everything else words.of_severities(seen.team, left, t)
    own, levels = t("Baton's own policy"), _by_default(policy, t)
    told = f"{levels} · {words.again(policy, t)} · {_outside(seen, left, t)}"
    yield b.section(f"*{own}* · {which}\n{told}")
    yield from doubtful(seen.doubts(policy), seen, t)


def _by_default(policy: Policy, t: Text) -> str:
    """The minutes are those of each severity, so that none are said."""
    first, second = (words.targets(one.targets, {}, t) for one in policy.levels)
    return t(
        "at once: {first} · when the time to claim is over: {second}", first=first, second=second
    )


def _outside(seen: TeamPolicies, left: Sequence[Severity], t: Text) -> str:
    policies = {one: rules.default_policy(seen.team, one) for one in left}
    told = words.outside(policies[left[-1]], seen, t)
    if Severity.CRITICAL in left and seen.team.hours.critical_always and len(left) > 1:
        apart = t("critical ones do not wait")
        return f"{told} ({apart})"
    return told


def _buttons(seen: TeamPolicies, t: Text) -> Iterator[Block]:
    if seen.may_set:
        yield b.button(t("New policy"), ids.NEW, seen.team.id, style="primary")
    yield b.button(t("What would happen?"), ids.TRY, seen.team.id)
    yield b.button(t("All teams"), shift_ids.ALL_TEAMS)
