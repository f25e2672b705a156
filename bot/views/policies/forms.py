"""The forms of a policy: its settings, one of its levels, and who hears of late cases. Block ids name the fields."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.rules.policies import (
    LONGEST_WAIT,
    REPEATS_AT_MOST,
    ROUND_AT_MOST,
    TARGETS_AT_MOST,
    Level,
    Outside,
    Policy,
    TargetKind,
)
from bot.rules.policies.doubts import Place
from bot.rules.policies.drafts import (
    BY_WORD,
    HEARERS,
    NAME_LIMIT,
    SettingsDraft,
    TargetsDraft,
    settings_draft_of,
    targets_draft_of,
)
from bot.rules.policies.seen import TeamPolicies
from bot.rules.severities import Severity
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.policies import ids, words
from bot.views.teams.form import FIND_GROUP, GROUPS_AT_MOST, group_options

INSTEAD = "instead"
"""The choice among the severities that is none: it only takes over from another policy."""
CHANNELS_AT_MOST = 1  # Slack does not say which of several refuses Baton
USUAL_WAIT = 15


def carried(metadata: str) -> dict[str, Any]:
    """The team, and for a known policy its id, version, and the level or the place, that a form was opened for."""
    found: dict[str, Any] = json.loads(metadata) if metadata else {}
    return found


def settings_form(seen: TeamPolicies, before: Policy, t: Text) -> Block:
    """What a policy says besides its levels; `before` has no id while it is new."""
    draft = SettingsDraft(repeats=before.repeats, repeat_from=before.repeat_from)
    draft = settings_draft_of(before) if before.id else draft
    blocks = [
        _about(seen, t),
        b.field("name", t("Name"), b.text_input(initial=draft.name, max_length=NAME_LIMIT)),
        _severities(seen, draft, t),
        *_after_the_last(before, draft, t),
        *_outside(seen, before, draft, t),
    ]
    return b.modal(
        ids.POLICY_FORM,
        t("Change policy") if before.id else t("New policy"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=_carrying(seen, before if before.id else None),
    )


def level_form(seen: TeamPolicies, policy: Policy, index: int | None, t: Text) -> Block:
    """One level; a new one at the end without an index."""
    level = policy.levels[index] if index is not None else Level((), _usual_wait(policy))
    draft = targets_draft_of(level.targets, dict(seen.groups))
    number = len(policy.levels) if index is None else index
    minutes = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "0",
        "max_value": str(LONGEST_WAIT),
        "initial_value": str(level.minutes),
    }
    blocks = [
        _about(seen, t),
        _kinds(BY_WORD, draft, t),
        _people(draft, t),
        *_groups_and_channel(draft, t),
        _round(draft, t),
        b.field(
            "minutes",
            t("Minutes until the next level"),
            minutes,
            hint=t("So long it waits for somebody to take the case. 0 goes on at once."),
        ),
    ]
    known = {} if index is None else {"level": index}
    return b.modal(
        ids.LEVEL_FORM,
        t("Level {level}", level=number + 1),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=_carrying(seen, policy, **known),
    )


def hearers_form(seen: TeamPolicies, policy: Policy, place: Place, t: Text) -> Block:
    """Who hears when time runs out, or when it is over."""
    told = policy.warned if place is Place.WARNED else policy.breached
    draft = targets_draft_of(told, dict(seen.groups))
    blocks = [
        _about(seen, t),
        b.section(f"*{t(words.HEARERS[place])}*"),
        _kinds(HEARERS, draft, t),
        _people(draft, t),
    ]
    return b.modal(
        ids.HEARERS_FORM,
        t("Who hears of it"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=_carrying(seen, policy, place=place),
    )


def _carrying(seen: TeamPolicies, policy: Policy | None, **more: object) -> str:
    known = {"policy": policy.id, "version": policy.version} if policy else {}
    return json.dumps({"team": seen.team.id} | known | more)


def _about(seen: TeamPolicies, t: Text) -> Block:
    return b.context(t("Policies of *{team}*", team=escape(seen.team.name)))


def _usual_wait(policy: Policy) -> int:
    return policy.levels[-1].minutes if policy.levels else USUAL_WAIT


def _severities(seen: TeamPolicies, draft: SettingsDraft, t: Text) -> Block:
    options = [
        *(b.option(words.severity(seen.team, one, t), one) for one in Severity),
        b.option(t("None: it only takes over from another policy"), INSTEAD),
    ]
    chosen = {*draft.severities, *([INSTEAD] if draft.only_instead else [])}
    return b.field(
        "severities",
        t("For which severities"),
        b.checkboxes(options, chosen),
        hint=t("Without a tick it is for every severity that has no policy of its own."),
        optional=True,
    )


def _after_the_last(before: Policy, draft: SettingsDraft, t: Text) -> Iterator[Block]:
    times = [
        b.option(t.n("{count} time", "{count} times", count) if count else t("No"), str(count))
        for count in range(REPEATS_AT_MOST + 1)
    ]
    again = b.select(times, initial=str(draft.repeats))
    yield b.field("repeats", t("After the last level, again?"), again)
    levels = [
        b.option(t("Level {level}", level=index + 1), str(index))
        for index in range(len(before.levels))
    ]
    back = b.select(levels, initial=str(min(draft.repeat_from, len(levels) - 1)))
    yield b.field("repeat_from", t("From which level"), back)


def _outside(seen: TeamPolicies, before: Policy, draft: SettingsDraft, t: Text) -> Iterator[Block]:
    """Another policy can only take over where there is one."""
    others = [one for one in seen.policies if one.id != before.id]
    options = [
        b.option(t(words.OUTSIDE[one]), one)
        for one in Outside
        if one is not Outside.OTHER or others
    ]
    chosen = [one for one in options if one["value"] == draft.outside] or options[:1]
    element = {"type": "radio_buttons", "options": options, "initial_option": chosen[0]}
    yield b.field("outside", t("Outside opening hours"), element)
    if others:
        names = [b.option(one.name, one.id) for one in others]
        select = b.select(names, initial=draft.other, placeholder=t("Choose one"))
        yield b.field("other", t("Which policy takes over"), select, optional=True)


def _kinds(offered: Sequence[TargetKind], draft: TargetsDraft, t: Text) -> Block:
    kinds = [b.option(_capital(t(words.KINDS[one])), one) for one in offered]
    return b.field(
        "kinds",
        t("Who is told"),
        b.checkboxes(kinds, set(draft.kinds)),
        hint=t("Whoever that is when the time has come. Who is away then is not told."),
        optional=True,
    )


def _people(draft: TargetsDraft, t: Text) -> Block:
    people: Block = {"type": "multi_users_select", "max_selected_items": TARGETS_AT_MOST}
    people |= {"initial_users": list(draft.people)} if draft.people else {}
    return b.field("people", t("These people"), people, optional=True)


def _groups_and_channel(draft: TargetsDraft, t: Text) -> Iterator[Block]:
    groups: Block = {
        "type": "multi_external_select",
        "action_id": f"{FIND_GROUP}:policy",
        "min_query_length": 0,
        "max_selected_items": GROUPS_AT_MOST,
        "placeholder": b.plain(t("None"), 150),
    }
    groups |= {"initial_options": group_options(draft.groups)} if draft.groups else {}
    yield b.field("groups", t("User groups"), groups, optional=True)
    channels: Block = {
        "type": "multi_conversations_select",
        "max_selected_items": CHANNELS_AT_MOST,
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
    }
    channels |= {"initial_conversations": list(draft.channels)} if draft.channels else {}
    yield b.field(
        "channels",
        t("A channel"),
        channels,
        hint=t("Everybody in it sees the case. If it is private, invite Baton there first."),
        optional=True,
    )


def _round(draft: TargetsDraft, t: Text) -> Block:
    element: Block = {"type": "multi_users_select", "max_selected_items": ROUND_AT_MOST}
    element |= {"initial_users": list(draft.round)} if draft.round else {}
    return b.field(
        "round",
        t("One of these, in turn"),
        element,
        hint=t("The one who was told longest ago. Who is away keeps their turn."),
        optional=True,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
