"""A team's numbers told apart, by person or by anything else, and some put side by side."""

from collections.abc import Iterator
from datetime import time

from bot.rules.metrics.comparison.charts import Point, Series
from bot.rules.metrics.comparison.guards import Trend
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.look.looked import Apart, Member, places
from bot.rules.metrics.look.looks import A_PAGE, Look, Versus, View
from bot.rules.metrics.store.slices import HOUR, PERSON
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import controls, ids
from bot.views.metrics.amounts import name, show, with_count
from bot.views.metrics.charts import chart
from bot.views.metrics.comparing import fairness, teams_over_time
from bot.views.metrics.lines import TRENDS
from bot.views.metrics.screens import NOT_IN_MODALS, Screen
from bot.views.reports import words
from bot.views.standups.ask import packed

NAME = 60


def team(seen: Apart, t: Text) -> Screen:
    """What `/metrics team` shows."""
    standing, look = seen.standing, seen.standing.look
    title = t("{team}: in detail", team=standing.team.name)
    row = controls.choices(
        look,
        controls.teams(standing),
        controls.cadences(look, t),
        controls.slices(seen.slices, look, t),
        controls.metrics(seen.metrics, look, t),
    )
    blocks = [b.header(title), controls.period(standing.period, t), row]
    if seen.metric is None:
        blocks.append(b.section(_nothing(seen, t)))
    else:
        blocks += _told_apart(seen, seen.metric, t)
    return _screen(t("Numbers in detail"), title, seen, blocks, t)


def compare(seen: Apart, t: Text) -> Screen:
    """What `/metrics compare` shows."""
    standing, look = seen.standing, seen.standing.look
    title = t("{team}: compared", team=standing.team.name)
    row = controls.choices(
        look,
        controls.versus(standing, t),
        controls.teams(standing) if look.versus is not Versus.TEAMS else None,
        controls.cadences(look, t),
        controls.apart(standing, t),
        controls.metrics(seen.metrics, look, t) if look.versus is not Versus.PERIODS else None,
    )
    both = t(
        "{now}, in brackets {then}",
        now=words.period(standing.period, t),
        then=words.period(standing.other, t),
    )
    blocks = [
        b.header(title),
        b.context(both),
        row,
        *controls.own_days(look, t),
        *fairness(standing, t),
    ]
    if not seen.members.all:
        blocks.append(b.section(t("There are no numbers of these days. Choose others.")))
    else:
        blocks += _told_apart(seen, seen.metric, t)
    return _screen(t("Compared"), title, seen, blocks, t)


def _screen(title: str, head: str, seen: Apart, blocks: list[Block], t: Text) -> Screen:
    look = seen.standing.look
    told = [_line(one, seen, t) for one in _page(seen)]
    blocks += [
        *controls.steps(look, len(seen.members.all), A_PAGE, t),
        *controls.ways(seen.standing, look, t),
    ]
    return Screen(title, b.shorten("\n".join((head, *told)), 3000), blocks)


def _page(seen: Apart) -> list[Member]:
    at = seen.standing.look.page * A_PAGE
    return list(seen.members.all[at : at + A_PAGE])


def _told_apart(seen: Apart, metric: Metric | None, t: Text) -> Iterator[Block]:
    if metric:
        yield b.section(
            f"*{name(metric, t)}*", accessory=b.button(t("What it means"), ids.DEFINE, metric.key)
        )
    shown = _page(seen)
    if any(one.team_id for one in shown):
        yield from (_person(one, seen, t) for one in shown)
    else:
        yield from (b.section(one) for one in packed([_line(each, seen, t) for each in shown]))
    yield from _chart(seen, t)
    yield from teams_over_time(seen.over_time, len(shown), t)
    yield from (b.context(one) for one in _said(seen, t))


def _chart(seen: Apart, t: Text) -> Iterator[Block]:
    """One page as bars. What they say is in the lines already."""
    metric, standing = seen.metric, seen.standing
    if metric is None:
        return
    shown = _page(seen)
    points = tuple(Point(standing.period, one.value, one.key) for one in shown)
    look = standing.look
    slice_ = look.by if look.view is View.TEAM else str(look.versus)
    series = Series(metric, points, slice=slice_, minimum_n=standing.settings.minimum_n)
    names = {one.key: one.name for one in shown}
    yield from (one for one in chart(series, t, names) if one["type"] in NOT_IN_MODALS)


def _person(member: Member, seen: Apart, t: Text) -> Block:
    if not member.team_id:
        return b.section(_line(member, seen, t))
    look = seen.standing.look
    theirs = Look(View.PERSON, member.team_id, look.cadence, look.back, person_id=member.key)
    label = b.shorten(t("All numbers of {name}", name=member.name), 75)
    see = b.button(
        t("All of theirs"), f"{ids.LOOK}:{member.key}", theirs.packed(), accessibility_label=label
    )
    return b.section(_line(member, seen, t), accessory=see)


def _line(member: Member, seen: Apart, t: Text) -> str:
    """One of them: what it is called, its value and of how many, and what it was before."""
    metric = member.metric or seen.metric
    if metric is None:
        return ""
    place = places(seen.members, metric).get(member.key)
    called = f"*{_called(member, seen, t)}*:"
    told = (
        f"{place}. {called} {_value(member, metric, t)}"
        if place
        else f"{called} {_value(member, metric, t)}"
    )
    if member.before is None:
        return told
    return f"{told} ({show(member.before, metric, t)}){_trend(member, seen, t)}"


def _trend(member: Member, seen: Apart, t: Text) -> str:
    """Which way it went; of people only what keeps others from making too much of it."""
    if _is_by(seen, PERSON) and member.trend is not Trend.CHANCE:
        return ""
    return f" {t(TRENDS[member.trend])}" if member.trend in TRENDS else ""


def _called(member: Member, seen: Apart, t: Text) -> str:
    if member.metric:
        return name(member.metric, t)
    if member.person_id:
        return mention(member.person_id)
    if _is_by(seen, HOUR):
        return t.clock(time(int(member.key)))
    return escape(b.shorten(member.name, NAME))


def _value(member: Member, metric: Metric, t: Text) -> str:
    value = member.value
    if value.amount is None:
        return show(value, metric, t)
    return with_count(value, metric, t, is_few=member.is_few)


def _said(seen: Apart, t: Text) -> Iterator[str]:
    """What the list leaves out, and in which order it is."""
    members = seen.members
    if members.hidden:
        yield t.n(
            "{count} more person has numbers here that are not yours to see.",
            "{count} more people have numbers here that are not yours to see.",
            members.hidden,
        )
    if members.is_too_much:
        yield t(
            "These are too many people and days to put in order while you wait. Choose a shorter time."
        )
    if members.ranked:
        yield t(
            "In order, since your team switched that on. Who has too few comes last and has no place."
        )
    if _is_by(seen, PERSON):
        yield t("Only those who lead these people see this.")


def _is_by(seen: Apart, slice_: str) -> bool:
    look = seen.standing.look
    if look.view is View.COMPARE:
        return slice_ == PERSON and look.versus is Versus.PEOPLE
    return look.by == slice_


def _nothing(seen: Apart, t: Text) -> str:
    if seen.slices and not seen.metrics:
        return t("There are no numbers of these days. Choose others.")
    return t(
        "These numbers are not told apart by anything. A file with more columns would be: channel, topic or hour."
    )
