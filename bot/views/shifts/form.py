"""The forms of shifts: a weekly one, other hours on a day, a change for one person. Block ids name the fields."""

import json
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from bot.rules.calendars import WEEKDAYS
from bot.rules.shifts import Change, Pattern
from bot.rules.shifts.drafts import NAME_LIMIT, PEOPLE_AT_MOST, PatternDraft, draft_of
from bot.rules.teams import Team
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.shifts import ids, words
from bot.views.teams.words import DAYS

SHIFTS_TO_CHOOSE = 100


def carried(metadata: str) -> dict[str, Any]:
    """The team, and for a known pattern its id and version, that a form was opened for."""
    found: dict[str, Any] = json.loads(metadata) if metadata else {}
    return found


def pattern_form(team: Team, t: Text, pattern: Pattern | None = None) -> Block:
    """The form of a new weekly shift, or of `pattern`."""
    draft = draft_of(pattern) if pattern else PatternDraft(weekdays=WEEKDAYS[:5])
    known = {"pattern": pattern.id, "version": pattern.version} if pattern else {}
    days = [b.option(t(DAYS[day]), day) for day in WEEKDAYS]
    chosen = [one for one in days if one["value"] in draft.weekdays]
    boxes: Block = {"type": "checkboxes", "options": days}
    people: Block = {"type": "multi_users_select", "max_selected_items": PEOPLE_AT_MOST}
    blocks = [
        _about(team, t),
        b.field(
            "name",
            t("Name"),
            b.text_input(initial=draft.name, max_length=NAME_LIMIT),
            hint=t("Such as Early or Night."),
            optional=True,
        ),
        b.field(
            "weekdays",
            t("Begins on"),
            boxes | ({"initial_options": chosen} if chosen else {}),
        ),
        b.field("start", t("From"), time_picker(draft.start)),
        b.field(
            "end",
            t("To"),
            time_picker(draft.end),
            hint=t("At or before the beginning means on the next day."),
        ),
        b.field(
            "people",
            t("Who works"),
            people | ({"initial_users": list(draft.people)} if draft.people else {}),
            optional=True,
        ),
        b.field("valid_from", t("First day"), date_picker(draft.valid_from), optional=True),
        b.field("valid_until", t("Last day"), date_picker(draft.valid_until), optional=True),
    ]
    if pattern:
        blocks.append(b.actions(_remover(pattern, t)))
    return b.modal(
        ids.PATTERN_FORM,
        t("Change shift") if pattern else t("New shift"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps({"team": team.id} | known),
    )


def day_form(team: Team, patterns: Sequence[Pattern], t: Text) -> Block:
    """Other hours for a weekly shift on one day, or none."""
    choices = [b.option(words.name(one, t), one.id) for one in patterns[:SHIFTS_TO_CHOOSE]]
    blocks = [
        _about(team, t),
        b.field("pattern", t("Which shift"), b.select(choices, placeholder=t("Choose one"))),
        b.field("day", t("Day"), date_picker(None)),
        b.field("start", t("From"), time_picker(None), optional=True),
        b.field(
            "end",
            t("To"),
            time_picker(None),
            hint=t("Without any times the shift does not take place on that day."),
            optional=True,
        ),
    ]
    return b.modal(
        ids.DAY_FORM,
        t("Other hours"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps({"team": team.id}),
    )


def override_form(team: Team, t: Text) -> Block:
    """Somebody works as well, does not work, or works in another's place."""
    kinds = [b.option(t(words.CHANGES[one]), one) for one in Change]
    who: Block = {"type": "users_select"}
    blocks = [
        _about(team, t),
        b.field("change", t("What changes"), {"type": "radio_buttons", "options": kinds}),
        b.field("person", t("Who"), who),
        b.field("instead_of", t("In whose place"), dict(who), optional=True),
        b.field("day", t("Day"), date_picker(None)),
        b.field("start", t("From"), time_picker(None)),
        b.field(
            "end",
            t("To"),
            time_picker(None),
            hint=t("At or before the beginning means on the next day."),
        ),
    ]
    return b.modal(
        ids.OVERRIDE_FORM,
        t("Change"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps({"team": team.id}),
    )


def time_picker(at: time | None) -> Block:
    element: Block = {"type": "timepicker"}
    return element | ({"initial_time": at.isoformat("minutes")} if at else {})


def date_picker(day: date | None) -> Block:
    element: Block = {"type": "datepicker"}
    return element | ({"initial_date": day.isoformat()} if day else {})


def _about(team: Team, t: Text) -> Block:
    return b.context(
        t(
            "*{team}* · all times by its clock ({zone})",
            team=escape(team.name),
            zone=team.zone.replace("_", " "),
        )
    )


def _remover(pattern: Pattern, t: Text) -> Block:
    sure = b.confirm(
        t("Take this shift out?"),
        t("It is gone from every week, with its other hours on single days."),
        t("Take out"),
        t("Keep it"),
    )
    return b.button(
        t("Take out"),
        ids.REMOVE,
        f"{pattern.team_id}:{pattern.id}:{pattern.version}",
        style="danger",
        confirm=sure,
    )
