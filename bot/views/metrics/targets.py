"""What a team aims at: the list with who set it since when, and the form to set one."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.rules.metrics.alert.amounts import LIMIT, written
from bot.rules.metrics.alert.targets import Draft, Seen, Target, can_have_one
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.store.facts import SCALE
from bot.rules.teams import Team
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.amounts import bare_name, name, show
from bot.views.shifts.form import date_picker

A_PAGE = 25
BEFORE_SHOWN = 5
TEAMS_SHOWN = 100
METRICS_SHOWN = 100


def page(seen: Seen, at: int, t: Text) -> Block:
    """The modal. Who may not set targets sees the same without the buttons."""
    shown = _in_order(seen, t)
    pages = max(1, -(-len(shown) // A_PAGE))
    at = max(0, min(at, pages - 1))
    blocks = [
        b.section(f"*{escape(seen.team.name)}*"),
        b.context(t("What this team aims at. A target of somebody's own is seen by them and those who lead them alone.")),
        *choose_team(seen.team, seen.teams, action_id=ids.TARGETS_OPEN),
        *([] if shown else [b.section(t("No targets are set yet."))]),
        *(block for one in shown[at * A_PAGE : (at + 1) * A_PAGE] for block in _target(one, seen, t)),
        *turns(ids.TARGETS_OPEN, seen.team, at, pages, t),
        *_adding(seen, t),
    ]  # fmt: skip
    return b.modal(ids.TARGETS_OPEN, t("Targets"), blocks, close=t("Close"))


def form(seen: Seen, draft: Draft, t: Text) -> Block:
    """A new one, or what comes after the one that is to change: then its metric and whose it is stand fixed."""
    metric = seen.metrics.get(draft.metric)
    blocks = [
        b.context(t("Targets of *{team}*", team=escape(seen.team.name))),
        *(_choices(seen, draft, t) if metric is None else _fixed(seen, metric, draft, t)),
        b.field(
            "amount",
            t("Target"),
            b.text_input(initial=draft.amount, max_length=LIMIT),
            hint=t("Such as 80 %, 4.2, 3:45 or 2 min, as the number is counted."),
        ),
        b.field(
            "first_day",
            t("From"),
            date_picker(draft.first_day),
            hint=t("The one before ends the day before. What held in the past stays as it was."),
        ),
        b.field(
            "last_day",
            t("Until"),
            date_picker(draft.last_day),
            hint=t("Empty: until another one is set. After that day there is none."),
            optional=True,
        ),
    ]
    known = {"metric": draft.metric, "person": draft.person_id} if metric else {}
    at = seen.newest_at
    return b.modal(
        ids.TARGET_FORM,
        t("Change target") if metric else t("New target"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps(
            {"team": seen.team.id, "seen": at.isoformat() if at else "", **known}
        ),
    )


def carried(metadata: str) -> tuple[str, datetime | None, Mapping[str, str]]:
    """The team, when the newest target that the form knew was set, and what stands fixed in it."""
    found = json.loads(metadata)
    seen_at = datetime.fromisoformat(found["seen"]) if found["seen"] else None
    return found["team"], seen_at, found


def place_of(value: str) -> tuple[int, str]:
    """What a button or the choice of a team carries: the page, and the team."""
    at, _colon, team_id = value.rpartition(":")
    return int(at) if at.isdigit() else 0, team_id


def choose_team(team: Team, teams: Sequence[Team], *, action_id: str) -> Iterator[Block]:
    if len(teams) > 1:
        options = [b.option(one.name, f"0:{one.id}") for one in teams[:TEAMS_SHOWN]]
        yield b.actions(b.select(options, initial=f"0:{team.id}", action_id=f"{action_id}:choose"))


def turns(action: str, team: Team, at: int, pages: int, t: Text) -> Iterator[Block]:
    found = [(t("Back"), at - 1)] if at else []
    found += [(t("More"), at + 1)] if at + 1 < pages else []
    if found:
        yield b.context(t("Page {page} of {pages}", page=at + 1, pages=pages))
        yield b.actions(
            *(b.button(words, f"{action}:{to}", f"{to}:{team.id}") for words, to in found)
        )


def metric_options(metrics: Iterable[Metric], t: Text) -> list[Block]:
    """By name, as the reader reads them."""
    named = sorted((bare_name(one, t).casefold(), one.key, one) for one in metrics)
    return [b.option(bare_name(one, t), key) for _name, key, one in named[:METRICS_SHOWN]]


def _in_order(seen: Seen, t: Text) -> list[Target]:
    """Those that hold or are to come, by metric, the team's before its people's; those of retired metrics at the end.

    What is no more is in the form.
    """
    every = {**seen.retired, **seen.metrics}
    known = [one for one in seen.targets if one.metric in every]
    now = [one for one in known if one.last_day is None or one.last_day >= seen.today]
    return sorted(
        now,
        key=lambda one: (
            one.metric in seen.retired,
            bare_name(every[one.metric], t).casefold(),
            one.person_id,
            one.first_day,
        ),
    )


def _retired(one: Target, seen: Seen, t: Text) -> Iterator[Block]:
    """Grey, and with what to do: a target that judges nothing should not stay for ever without anybody knowing."""
    metric = seen.retired[one.metric]
    told = f"{name(metric, t)} {show(one.amount / SCALE, metric, t)}"
    if one.person_id:
        told = t("{target} for {who}", target=told, who=mention(one.person_id))
    said = t("This number is retired, so the target judges nothing.")
    if seen.may_set:
        said += " " + t(
            "End the target, or have the number brought back: the button shows whose it is."
        )
    yield b.context(f"{told} · {_when(one, seen, t)}\n{said}")
    meaning = b.button(t("The number"), f"{ids.DEFINE}:{one.id}", metric.key)
    yield b.actions(meaning, *([_ender(one, seen, t, f":{one.id}")] if seen.may_set else []))


def _target(one: Target, seen: Seen, t: Text) -> Iterator[Block]:
    if one.metric in seen.retired:
        yield from _retired(one, seen, t)
        return
    metric = seen.metrics[one.metric]
    told = f"*{name(metric, t)}* {show(one.amount / SCALE, metric, t)}"
    if one.person_id:
        told = t("{target} for {who}", target=told, who=mention(one.person_id))
    told = f"{told}\n{_when(one, seen, t)}"
    if not seen.may_set:
        yield b.section(told)
        return
    label = b.shorten(
        t("Change the target of {metric}", metric=bare_name(metric, t)), b.BUTTON_LIMIT
    )
    changer = b.button(
        t("Change"),
        f"{ids.TARGET_CHANGE}:{one.id}",
        f"{seen.team.id}:{one.id}",
        accessibility_label=label,
    )
    yield b.section(told, accessory=changer)


def _when(one: Target, seen: Seen, t: Text) -> str:
    if one.first_day > seen.today:
        since = t("from {day} on", day=t.day(one.first_day))
    else:
        since = t("since {day}", day=t.day(one.first_day))
    if one.last_day:
        since = t("{since} until {day}", since=since, day=t.day(one.last_day))
    by = t("set by {who}", who=mention(one.by))
    return f"{since} · {by}"


def _adding(seen: Seen, t: Text) -> Iterator[Block]:
    if seen.may_set:
        yield b.actions(b.button(t("New target"), ids.TARGET_NEW, seen.team.id, style="primary"))


def _choices(seen: Seen, draft: Draft, t: Text) -> Iterator[Block]:
    options = metric_options((one for one in seen.metrics.values() if can_have_one(one)), t)
    select = b.select(options, initial=draft.metric, placeholder=t("Choose one"))
    yield b.field("metric", t("Number"), select)
    yield b.field(
        "person",
        t("For one person only"),
        {"type": "users_select"},
        hint=t("Empty: for the team. Only those who lead somebody set a target for them."),
        optional=True,
    )


def _fixed(seen: Seen, metric: Metric, draft: Draft, t: Text) -> Iterator[Block]:
    """What it is a target for, and what the ones before were."""
    told = f"*{name(metric, t)}*"
    if draft.person_id:
        told = t("{target} for {who}", target=told, who=mention(draft.person_id))
    same = [
        one
        for one in seen.targets
        if (one.metric, one.person_id) == (draft.metric, draft.person_id)
    ]
    here = next((one for one in same if one.holds_on(seen.today)), None) or next(
        reversed(same), None
    )
    yield b.section(told, accessory=_ender(here, seen, t) if here else None)
    for one in same[-BEFORE_SHOWN:]:
        amount = show(one.amount / SCALE, metric, t)
        yield b.context(f"{amount} · {_when(one, seen, t)}")


def _ender(one: Target, seen: Seen, t: Text, mark: str = "") -> Block:
    asked = b.confirm(
        t("End this target?"),
        t("From today on it holds no more. What it was until then stays."),
        t("End it"),
        t("Keep it"),
    )
    value = f"{seen.team.id}:{one.id}"
    return b.button(t("End it"), f"{ids.TARGET_END}{mark}", value, confirm=asked)


def draft_of(one: Target, metric: Metric, seen: Seen, sign: DecimalSign) -> Draft:
    """The form of what is to come after it."""
    return Draft(one.metric, one.person_id, written(one.amount, metric, sign), seen.today)
