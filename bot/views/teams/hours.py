"""A team's business hours: their part of the team's form, and what they say in words."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from bot.rules import calendars, zones
from bot.rules.calendars import (
    DAYS_OFF,
    OTHER_DAYS,
    REGION,
    WEEKDAYS,
    BusinessHours,
    Calendar,
    HoursDraft,
    day_field,
    holidays,
    spans,
)
from bot.rules.calendars.holidays import Region
from bot.text import Text, escape
from bot.views.blocks import (
    Block,
    button,
    context,
    field,
    header,
    option,
    plain,
    section,
    text_input,
)
from bot.views.teams.words import DAYS

OPEN, ALWAYS, BY_HOURS = "open", "always", "by_hours"
CRITICAL = "critical_always"
SHOW_HOURS = "team_hours"
FIND_REGION = "find_region"
HOURS_LIMIT, DAYS_LIMIT = 150, 2900


def fields(draft: HoursDraft, zone: str, t: Text, now: datetime) -> Iterator[Block]:
    """The hours are there when the team has some; before that, one choice."""
    yield header(t("When it works"))
    yield _always_or_not(draft, t)
    if draft.always_open:
        yield context(t("Escalations count around the clock, on every day."))
        return
    yield context(
        t("Leave a day empty on which the team does not work. 22:00-06:00 goes on after midnight.")
    )
    week = draft.week or {}
    for day in WEEKDAYS:
        typed = text_input(initial=week.get(day, ""), max_length=HOURS_LIMIT)
        yield field(day_field(day), t(DAYS[day]), typed, optional=True)
    yield _region(draft, t)
    yield from _own_days(draft, t)
    yield _critical(draft, t)
    yield section(
        preview(draft, zone, t, now),
        accessory=button(t("Show it in words"), f"{SHOW_HOURS}:words"),
    )


def preview(draft: HoursDraft, zone: str, t: Text, now: datetime) -> str:
    """What the draft says in words, or what is still wrong with it."""
    found = calendars.problems(draft)
    if found:
        return "\n".join(dict.fromkeys(escape(t.of(one)) for one in found.values()))
    if not zones.is_zone(zone):
        return t("Please choose a time zone.")
    return in_words(Calendar(zone, draft.over(BusinessHours())), t, now)


def in_words(calendar: Calendar, t: Text, now: datetime) -> str:
    """`Open Mon to Fri 09:00–17:00 (Athens). Next day off: Jan 6, 2026, Epiphany.`"""
    if calendar.hours.always_open:
        return t("Always open.")
    place = zones.place(calendar.zone)
    said = [t("Open {hours} ({place}).", hours=week(calendar.hours, t), place=place)]
    off = calendars.next_day_off(calendar, now, t.language)
    if off and off[1]:
        said.append(t("Next day off: {day}, {name}.", day=t.day(off[0]), name=escape(off[1])))
    elif off:
        said.append(t("Next day off: {day}.", day=t.day(off[0])))
    if calendar.hours.critical_always:
        said.append(t("Critical cases do not wait for opening."))
    return " ".join(said)


def week(hours: BusinessHours, t: Text) -> str:
    """`Mon to Fri 09:00–17:00, Sat 10:00–14:00`: days in a row with the same hours together."""
    told = []
    for open_at, numbers in groupby(range(7), lambda number: hours.week.get(WEEKDAYS[number], ())):
        days = [t.weekday(number) for number in numbers]
        if not open_at:
            continue
        if len(days) > 1:
            days = [t("{first} to {last}", first=days[0], last=days[-1])]
        told.append(f"{days[0]} {spans.write(open_at, '–')}")
    return ", ".join(told)


def region_options(found: list[Region]) -> list[Block]:
    return [option(one.label, one.code) for one in found[:100]]


def _always_or_not(draft: HoursDraft, t: Text) -> Block:
    options = [option(t("Always open"), ALWAYS), option(t("Only at these hours"), BY_HOURS)]
    element: Block = {
        "type": "radio_buttons",
        "action_id": SHOW_HOURS,
        "options": options,
        "initial_option": options[0 if draft.always_open else 1],
    }
    return field(OPEN, t("Opening hours"), element) | {"dispatch_action": True}


def _region(draft: HoursDraft, t: Text) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": FIND_REGION,
        "min_query_length": 1,
        "placeholder": plain(t("Type a country, and a part of it"), 150),
    }
    if holidays.is_region(draft.region):
        known = Region(draft.region, holidays.label(draft.region, t.locale))
        element["initial_option"] = region_options([known])[0]
    hint = t("The team does not work then.")
    return field(REGION, t("Public holidays of"), element, hint=hint, optional=True)


def _own_days(draft: HoursDraft, t: Text) -> Iterator[Block]:
    off = text_input(multiline=True, initial=draft.days_off, max_length=DAYS_LIMIT)
    hint = t("One a line, such as 2026-12-24 Party, or 2026-12-24 to 2026-12-31.")
    yield field(DAYS_OFF, t("Own days off"), off, hint=hint, optional=True)
    other = text_input(multiline=True, initial=draft.other_days, max_length=DAYS_LIMIT)
    hint = t("One a line, such as 2026-12-27 10:00-14:00. They count on holidays, too.")
    yield field(OTHER_DAYS, t("Days with other hours"), other, hint=hint, optional=True)


def _critical(draft: HoursDraft, t: Text) -> Block:
    boxes: Block = {
        "type": "checkboxes",
        "options": [option(t("Critical ones count around the clock"), "yes")],
    }
    if draft.critical_always:
        boxes["initial_options"] = boxes["options"]
    return field(CRITICAL, t("Critical escalations"), boxes, optional=True)
