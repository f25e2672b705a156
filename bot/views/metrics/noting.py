"""The form of the notes beside a team's numbers: those that are shown now, and a new one."""

import json
from collections.abc import Iterator
from datetime import datetime

from bot.rules.metrics.comparison.notes import WORDS_AT_MOST, Note, Noting
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.amounts import name
from bot.views.metrics.targets import metric_options
from bot.views.reports.form import team_options
from bot.views.shifts.form import date_picker

SHOWN = 10


def form(seen: Noting, t: Text) -> Block:
    """Of one team, or with a choice of teams."""
    first, *others = seen.teams
    blocks = [*_held(seen, t)]
    if others:
        chosen = b.select(team_options(seen.teams), initial=first.id)
        blocks.append(b.field("team", t("Team"), chosen))
    return b.modal(
        ids.NOTE_FORM,
        t("Notes"),
        [*blocks, *_fields(seen, t)],
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps(
            {"team": "" if others else first.id, "at": seen.at.isoformat()}
        ),
    )


def carried(metadata: str) -> tuple[str, datetime]:
    """The team, or empty if it is chosen in the form, and when the form was opened."""
    found = json.loads(metadata)
    return str(found["team"]), datetime.fromisoformat(found["at"])


def _fields(seen: Noting, t: Text) -> Iterator[Block]:
    yield b.field("metric", t("Number"), b.select(metric_options(seen.metrics.values(), t)))
    yield b.field(
        "words",
        t("Note"),
        b.text_input(multiline=True, max_length=WORDS_AT_MOST),
        hint=t(
            "It stands beside the number wherever it is told. Leave it empty to take a note away."
        ),
        optional=True,
    )
    yield b.field("until", t("Until"), date_picker(seen.today), optional=True)


def _held(seen: Noting, t: Text) -> Iterator[Block]:
    several = len(seen.teams) > 1
    told = [
        _note(one, seen, t, escape(team.name) if several else "")
        for team in seen.teams
        for one in seen.notes[team.id]
        if one.metric in seen.metrics
    ]
    if not several:
        yield b.context(f"*{escape(seen.teams[0].name)}*")
    if told:
        yield b.section("\n".join(told[:SHOWN]))
    if more := len(told) - SHOWN if len(told) > SHOWN else 0:
        yield b.context(t.n("and {count} more", "and {count} more", more))


def _note(one: Note, seen: Noting, t: Text, team: str) -> str:
    told = t(
        "*{metric}* “{words}” until {day}, by {who}",
        metric=name(seen.metrics[one.metric], t),
        words=escape(b.shorten(one.words, 120)),
        day=t.day(one.until),
        who=mention(one.by),
    )
    return f"{team}: {told}" if team else told
