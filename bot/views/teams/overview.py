"""What `/baton` opens: the teams that somebody may see, what they may do about them, and whom to ask about the rest."""

from collections.abc import Iterator

from bot.rules.teams import SetUp, TeamSeen
from bot.text import Text, channel_link, escape
from bot.views.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    modal,
    section,
    select,
    shorten,
)
from bot.views.coaching import ids as coaching_ids
from bot.views.kudos import ids as kudos_ids
from bot.views.menus import choice
from bot.views.metrics import ids as metric_ids
from bot.views.policies import ids as policy_ids
from bot.views.shifts import ids as shift_ids
from bot.views.standups import ids as standup_ids
from bot.views.teams import hours
from bot.views.teams.clocks import CLOCKS_OPEN
from bot.views.teams.words import mentions, role_name

SET_UP = "set_up"
TEAM_NEW = "team_new"
TEAM_EDIT = "team_edit"
ADMINS_EDIT = "admins_edit"
TEAM_MENU = "team_menu"
IN_PLACE = frozenset({shift_ids.OPEN, policy_ids.OPEN, standup_ids.SET_UP})
"""These show something in place of the list; the other choices put a form on top of it."""
TEAMS_SHOWN = 90  # a modal may have 100 blocks
PART_LIMIT = 100


def overview(set_up: SetUp, t: Text, *, part: str = "", mark: str = "") -> Block:
    """The modal. Each team is one block; what this person may not do is not in its menu.

    `part` is what was looked for, and `mark` tells this drawing from others.
    """
    shown = set_up.teams[:TEAMS_SHOWN]
    blocks = [section(_greeting(set_up, t))]
    blocks += [_team(one, t, mark) for one in shown]
    if more := len(set_up.teams) - len(shown):
        blocks.append(
            context(
                t.n(
                    "and {count} more: `/baton teams` with a part of the name finds it",
                    "and {count} more: `/baton teams` with a part of the name finds them",
                    more,
                )
            )
        )
    if set_up.may_set_up:
        blocks += [divider(), _buttons(t)]
    blocks.append(actions(button(t("My data"), coaching_ids.MY_DATA)))
    if set_up.admins:
        blocks.append(context(t("Baton's admins: {people}", people=mentions(set_up.admins, t))))
    carried = part[:PART_LIMIT]
    return modal(SET_UP, t("Baton"), blocks, close=t("Close"), private_metadata=carried)


def usage(t: Text) -> str:
    """What the command can do, with examples."""
    return "\n".join(
        (
            t("`/baton` shows your teams and, if you may, sets them up."),
            t(
                "`/baton teams` shows the same; `/baton teams bill` only those with “bill” in their name."
            ),
            t("`/baton shift` says who is on now and next; `/baton shift bill` in that team."),
            t("`/baton away` notes that you are away."),
            t("`/baton cover` asks your team to work in your place."),
            t(
                "`/baton my-data` shows what Baton keeps about you, and who looked at your coaching notes."
            ),
            t("`/baton admins` says who may set up teams."),
            t("`/baton help` shows this."),
        )
    )


def unknown_word(word: str, t: Text) -> str:
    said = escape(shorten(word, 60)).replace("`", "")
    return (
        t("Baton does not know `/baton {word}`. This is what it knows:", word=said)
        + "\n"
        + usage(t)
    )


def whom_to_ask(set_up: SetUp, t: Text) -> str:
    """Who can help somebody who is in no team, in one sentence."""
    if set_up.admins:
        return t("Ask {people} to add you.", people=mentions(set_up.admins, t))
    if set_up.owners:
        return t(
            "Nobody has set Baton up yet. {people} can: they type `/baton`.",
            people=mentions(set_up.owners, t),
        )
    return t(
        "Nobody has set Baton up yet. An owner or admin of this Slack workspace can: they type `/baton`."
    )


def admins_sentence(set_up: SetUp, t: Text) -> str:
    """The answer to `/baton admins` for who is none."""
    if set_up.admins:
        return t("Baton's admins: {people}", people=mentions(set_up.admins, t))
    return whom_to_ask(set_up, t)


def _greeting(set_up: SetUp, t: Text) -> str:
    if set_up.may_set_up and not set_up.teams:
        return t(
            "*Welcome.* A team is the people who share a queue: its agents, its leads, and where "
            "they talk. Make the first one, and people can escalate to it."
        )
    if set_up.may_set_up:
        return t("*All teams*")
    if set_up.teams:
        return t("*Your teams*")
    return t("You are in no team yet.") + " " + whom_to_ask(set_up, t)


def _team(seen: TeamSeen, t: Text, mark: str) -> Block:
    team = seen.team
    facts = [
        t("led by {people}", people=mentions(seen.leads, t))
        if seen.leads
        else t("nobody leads it yet")
    ]
    facts += [channel_link(one) for one in (team.team_channel, team.leads_channel) if one]
    facts.append(team.zone.replace("_", " "))
    if not team.hours.always_open:
        facts.append(hours.week(team.hours, t))
    lines = [f"*{escape(team.name)}*", " · ".join(facts)]
    if seen.mine:
        roles = ", ".join(role_name(role, t) for role in sorted(seen.mine))
        lines.append(t("You: {roles}", roles=roles))
    # Whoever cannot see the row hears which team's menu it is. With a name of its own each time, so that Slack does not
    # keep what was chosen the last time.
    menu = select(
        list(_choices(seen, t)),
        placeholder=t("Choose for {team}", team=team.name),
        action_id=f"{TEAM_MENU}:{mark}",
    )
    return section("\n".join(lines), accessory=menu) | {"block_id": f"team:{team.id}"}


def _choices(seen: TeamSeen, t: Text) -> Iterator[Block]:
    """What of the team can be seen by all, and set by those who may."""
    team = seen.team
    if seen.may_edit:
        yield choice(t("Edit"), TEAM_EDIT, team.id)
    yield choice(t("Shifts"), shift_ids.OPEN, team.id)
    yield choice(t("Policies"), policy_ids.OPEN, team.id)
    if seen.may_set_standups:
        yield choice(t("Stand-ups"), standup_ids.SET_UP, team.id)
    if seen.may_set_clocks:
        yield choice(t("Clocks"), CLOCKS_OPEN, team.id)
    if seen.may_set_coaching:
        yield choice(t("Coaching"), coaching_ids.SETTINGS_OPEN, team.id)
    if seen.may_set_kudos:
        yield choice(t("Kudos"), kudos_ids.SETTINGS_OPEN, team.id)
    if seen.may_set_numbers:
        yield choice(t("Numbers"), metric_ids.SETTINGS_OPEN, team.id)


def _buttons(t: Text) -> Block:
    return actions(
        button(t("New team"), TEAM_NEW, style="primary"),
        button(t("Admins"), ADMINS_EDIT),
        button(t("Programs"), metric_ids.PROGRAMS_OPEN),
    )
