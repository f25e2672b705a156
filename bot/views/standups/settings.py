"""The form of a stand-up's settings. Its fields go by what the time goes by; a field's block id is the name of what it holds."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.errors import Refused
from bot.rules.calendars import WEEKDAYS
from bot.rules.standups import Moment, NotAnswered, StandUp
from bot.rules.standups.drafts import (
    CAN_BE_ASKED,
    OFFSET_AT_MOST,
    WINDOWS,
    Heeds,
    SettingsDraft,
    Side,
    clock,
    settings_draft_of,
)
from bot.rules.standups.outlook import Listed
from bot.rules.standups.standups import NAME_LIMIT
from bot.rules.teams import Team
from bot.text import Text, _, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.shifts.form import time_picker
from bot.views.standups import ids
from bot.views.standups import setup_words as words
from bot.views.teams.form import channel_select
from bot.views.teams.words import DAYS

VALUE = "value"
LABELS = {
    "name": _("Name"),
    "weekdays": _("On these days"),
    "moment": _("When are people asked?"),
    "at": _("Time"),
    "minutes": _("Minutes"),
    "side": _("Before or after"),
    "window": _("Minutes to answer"),
    "asked": _("Who is asked"),
    "channel": _("Where the summary goes"),
    "not_answered": _("How the summary tells who did not answer"),
    "heeds": _("What it heeds"),
    "is_active": _("On or off"),
}
ON = "on"


@dataclass(frozen=True, slots=True)
class Carried:
    """What the form carries along unseen: for what it was opened, and what stood in it then.

    `base` is what the stand-up said, to tell what somebody else changed since; `typed` is the draft as it was drawn last, for the
    fields that its moment does not show.
    """

    team: str
    standup: str = ""
    version: int = 0
    template: str = ""
    base: SettingsDraft = field(default_factory=SettingsDraft)
    typed: SettingsDraft = field(default_factory=SettingsDraft)


def carried(metadata: str) -> Carried:
    found: dict[str, Any] = json.loads(metadata)
    return Carried(**found | {name: read(found[name]) for name in ("base", "typed")})


def written(draft: SettingsDraft) -> dict[str, Any]:
    """A draft as JSON holds it; `read` is the reverse."""
    return asdict(draft)


def read(kept: dict[str, Any]) -> SettingsDraft:
    found: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in kept.items()
    }
    return SettingsDraft(**found)


def new_form(team: Team, standup: StandUp, template: str, t: Text) -> Block:
    """A new stand-up, filled in."""
    draft = settings_draft_of(standup)
    held = Carried(team.id, template=template, base=draft)
    return settings_form(team, draft, held, t, below=what_it_asks(standup, t))


def edit_form(team: Team, listed: Listed, t: Text) -> Block:
    """A known stand-up, as it is."""
    standup = listed.standup
    draft = settings_draft_of(standup)
    held = Carried(team.id, standup.id, standup.version, base=draft)
    return settings_form(team, draft, held, t, above=open_round(listed.open_until, t))


def settings_form(
    team: Team,
    draft: SettingsDraft,
    held: Carried,
    t: Text,
    *,
    above: Sequence[Block] = (),
    below: Sequence[Block] = (),
) -> Block:
    """The form with what is typed in it."""
    blocks = [
        *above,
        _about(team, t),
        *(_versioned(one, held.version) for one in _fields(team, draft, t)),
        *below,
    ]
    return b.modal(
        ids.SETTINGS_FORM,
        t("Change stand-up") if held.standup else t("New stand-up"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps(asdict(replace(held, typed=draft)), ensure_ascii=False),
    )


def changed_meanwhile(by: str, fields: Sequence[str], t: Text) -> list[Block]:
    """Somebody else saved it first: who, and what of the settings. Without any, it was a question."""
    names = ", ".join(label(one, t) for one in fields) or t("What it asks")
    return [
        b.section(
            t(
                "⚠️ {who} changed this stand-up while you had it open: {what}. Nothing of yours was saved yet. "
                "What you typed is still here, and the rest is as it is now; *Save* again if it is right.",
                who=mention(by),
                what=names,
            )
        )
    ]


def what_it_asks(standup: StandUp, t: Text) -> list[Block]:
    """The questions of a new stand-up, a line each."""
    lines = [f"{number}. {escape(one.words)}" for number, one in enumerate(standup.questions, 1)]
    title = t("*What it asks* (you can change it once it is saved)")
    return [b.section("\n".join([title, *lines]))]


def problems(found: Mapping[str, Refused], t: Text) -> str:
    """What the form needs before anything can be worked out from it, a line for each field."""
    lines = [f"*{label(name, t)}*: {t.of(problem)}" for name, problem in found.items()]
    return "\n".join(lines)


def label(name: str, t: Text) -> str:
    """What a field is called."""
    return t(LABELS[name])


def open_round(until: datetime | None, t: Text) -> list[Block]:
    """What an edit means for a round that is open."""
    if until is None:
        return []
    return [
        b.context(
            t(
                "A round is open until {when}. It goes on as it was; what you change counts from the next.",
                when=when(until, t),
            )
        )
    ]


def _about(team: Team, t: Text) -> Block:
    """Whose it is, and the way to the calendar: on top, so that it is seen before anything is changed."""
    zone = team.zone.replace("_", " ")
    told = t("*{team}* · its clock is that of {zone}", team=escape(team.name), zone=zone)
    hint = t("Before you save: who would be asked when?")
    look = b.button(t("Look at the calendar"), f"{ids.CALENDAR}:draft")
    return b.section(f"{told}\n{hint}", accessory=look)


def _versioned(block: Block, version: int) -> Block:
    """Slack keeps what was typed while an input keeps its ids: of another version it is another input, so that it shows
    what the stand-up has become.
    """
    element = block["element"]
    own = element.get("action_id", VALUE)
    return block | {"element": element | {"action_id": f"{own}:{version}"}}


def _fields(team: Team, draft: SettingsDraft, t: Text) -> Iterator[Block]:
    name = b.text_input(initial=draft.name, max_length=NAME_LIMIT)
    yield b.field("name", label("name", t), name)
    days = [b.option(t(DAYS[day]), day) for day in WEEKDAYS]
    yield b.field("weekdays", label("weekdays", t), b.checkboxes(days, draft.weekdays))
    yield from _time(draft, t)
    yield b.field(
        "window",
        label("window", t),
        _number(draft.window, WINDOWS),
        hint=t("120 are two hours. The time may go past midnight; then the summary is posted."),
    )
    people = [b.option(t(words.ASKED[one]), one) for one in CAN_BE_ASKED]
    yield b.field(
        "asked",
        label("asked", t),
        b.checkboxes(people, draft.asked),
        hint=t("Observers read along and are never asked."),
    )
    yield from _telling(team, draft, t)
    heeds = [b.option(t(words.HEEDS[one]), one) for one in Heeds]
    yield b.field("heeds", label("heeds", t), b.checkboxes(heeds, draft.heeds), optional=True)
    on = b.checkboxes([b.option(t("It is on: people are asked"), ON)], [ON] * draft.is_active)
    yield b.field("is_active", label("is_active", t), on, optional=True)


def _time(draft: SettingsDraft, t: Text) -> Iterator[Block]:
    moments = [b.option(t(words.MOMENTS[one]), one) for one in Moment]
    choice = b.radios(moments, draft.moment) | {"action_id": ids.MOMENT}
    yield b.field("moment", label("moment", t), choice) | {"dispatch_action": True}
    if draft.moment == Moment.SHIFT:
        minutes = _number(draft.minutes, range(OFFSET_AT_MOST + 1))
        yield b.field("minutes", label("minutes", t), minutes)
        sides = [b.option(t(words.SIDES[one]), one) for one in Side]
        yield b.field("side", label("side", t), b.radios(sides, draft.side))
    else:
        yield b.field("at", label("at", t), time_picker(clock(draft.at)))


def _telling(team: Team, draft: SettingsDraft, t: Text) -> Iterator[Block]:
    hint = t("Left empty, it goes to the team's channel.")
    if not team.team_channel:
        hint = t("The team has no channel of its own, so please choose one.")
    yield b.field(
        "channel", label("channel", t), channel_select(draft.channel), hint=hint, optional=True
    )
    ways = [b.option(t(words.NOT_ANSWERED[one]), one) for one in NotAnswered]
    yield b.field("not_answered", label("not_answered", t), b.radios(ways, draft.not_answered))


def _number(value: int | None, offered: range) -> Block:
    element: Block = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": str(offered[0]),
        "max_value": str(offered[-1]),
    }
    return element | ({} if value is None else {"initial_value": str(value)})
