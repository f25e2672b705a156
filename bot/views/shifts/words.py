"""The words that shifts use again and again: days, hours, who is on and until when."""

from bot.rules.calendars import WEEKDAYS
from bot.rules.shifts import Change, DayChange, Overlap, Override, Pattern, Span
from bot.rules.shifts.seen import TeamNow
from bot.text import Text, _, escape, mention, when
from bot.views.teams.words import mentions

SHORT_DAYS = {
    "mon": _("Mon"),
    "tue": _("Tue"),
    "wed": _("Wed"),
    "thu": _("Thu"),
    "fri": _("Fri"),
    "sat": _("Sat"),
    "sun": _("Sun"),
}
CHANGES = {
    Change.ADD: _("Works as well"),
    Change.REMOVE: _("Does not work"),
    Change.REPLACE: _("Works in somebody's place"),
}
GAPS_SHOWN = 3
PEOPLE_SHOWN = 10


def days(weekdays: tuple[str, ...], t: Text) -> str:
    """`Mon–Fri, Sun`: three and more in a row are a range."""
    runs: list[list[str]] = []
    for day in WEEKDAYS:
        if day not in weekdays:
            continue
        if runs and WEEKDAYS.index(runs[-1][-1]) + 1 == WEEKDAYS.index(day):
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        names = [t(SHORT_DAYS[day]) for day in run]
        parts += [f"{names[0]}–{names[-1]}"] if len(names) > 2 else names
    return ", ".join(parts)


def hours(pattern: Pattern | DayChange, t: Text) -> str:
    """`08:00–16:00`, by the team's clock."""
    assert pattern.start is not None
    assert pattern.end is not None
    return f"{t.clock(pattern.start)}–{t.clock(pattern.end)}"


def name(pattern: Pattern, t: Text) -> str:
    """What a shift is called: its name, or else its days and hours. Not escaped."""
    return pattern.name or f"{days(pattern.weekdays, t)} {hours(pattern, t)}"


def pattern_lines(pattern: Pattern, t: Text) -> str:
    first = f"{days(pattern.weekdays, t)} · {hours(pattern, t)}"
    if pattern.name:
        first = f"*{escape(pattern.name)}* · {first}"
    who = mentions(pattern.people, t) if pattern.people else t("nobody yet")
    facts = [who]
    if pattern.valid_from:
        facts.append(t("from {day}", day=t.day(pattern.valid_from)))
    if pattern.valid_until:
        facts.append(t("until {day}", day=t.day(pattern.valid_until)))
    return f"{first}\n{' · '.join(facts)}"


def day_change(change: DayChange, pattern: Pattern | None, t: Text) -> str:
    called = escape(name(pattern, t)) if pattern else ""
    if change.start is None:
        return t("*{day}* {shift}: does not take place", day=t.day(change.day), shift=called)
    told = hours(change, t)
    return t("*{day}* {shift}: {hours}", day=t.day(change.day), shift=called, hours=told)


def override(change: Override, t: Text) -> str:
    told = stretch(change.span, t)
    who = mention(change.person_id)
    if change.change is Change.REPLACE:
        instead = mention(change.instead_of or "")
        return t("{who} in place of {instead}: {time}", who=who, instead=instead, time=told)
    if change.change is Change.REMOVE:
        return t("{who} does not work: {time}", who=who, time=told)
    return t("{who} works as well: {time}", who=who, time=told)


def stretch(span: Span, t: Text) -> str:
    return f"{when(span.start, t)} – {when(span.end, t)}"


def overlap(found: Overlap, t: Text) -> str:
    told = t(
        "{time}: {people}",
        time=stretch(found.span, t),
        people=mentions(found.people, t) or t("nobody yet"),
    )
    if not found.twice:
        return told
    twice = mentions(found.twice, t)
    return t("{line} ({people} twice)", line=told, people=twice)


def now_lines(now: TeamNow, t: Text) -> str:
    """Who is on, who is next, the reader's own shift, who is away, and what is missing."""
    lines = [f"*{escape(now.team.name)}*"]
    if not now.has_shifts:
        lines.append(t("No shifts are set up yet."))
        return "\n".join(lines + _away(now, t))
    lines.append(_on(now, t))
    if now.next:
        people = mentions(now.next.people, t)
        lines.append(t("Next: {people}, {when}", people=people, when=when(now.next.at, t)))
    elif not now.on:
        lines.append(t("Nobody is planned in the next four weeks."))
    if now.mine:
        lines.append(t("You: {time}", time=stretch(now.mine, t)))
    return "\n".join([*lines, *_away(now, t), *_wanted(now, t), gaps(now, t)])


def gaps(now: TeamNow, t: Text) -> str:
    """How it stands with the coming four weeks, in one line."""
    found = now.report.gaps
    if not found:
        return t("No gaps in the next four weeks.")
    shown = "; ".join(stretch(one, t) for one in found[:GAPS_SHOWN])
    more = len(found) - GAPS_SHOWN
    if more > 0:
        shown = t.n("{shown} and {count} more", "{shown} and {count} more", more, shown=shown)
    return t("Nobody is there: {gaps}", gaps=shown)


def _on(now: TeamNow, t: Text) -> str:
    if not now.on:
        return t("Nobody is on shift now.")
    people = [
        t("{who} until {when}", who=mention(one.person_id), when=when(one.until, t))
        if one.until
        else mention(one.person_id)
        for one in now.on[:PEOPLE_SHOWN]
    ]
    shown = ", ".join(people)
    more = len(now.on) - PEOPLE_SHOWN
    if more > 0:
        shown = t.n("{shown} and {count} more", "{shown} and {count} more", more, shown=shown)
    return t("On now: {people}", people=shown)


def _away(now: TeamNow, t: Text) -> list[str]:
    if not now.away:
        return []
    people = [
        t("{who} until {when}", who=mention(one.person_id), when=when(one.until, t))
        for one in now.away[:PEOPLE_SHOWN]
    ]
    shown = ", ".join(people)
    more = len(now.away) - PEOPLE_SHOWN
    if more > 0:
        shown = t.n("{shown} and {count} more", "{shown} and {count} more", more, shown=shown)
    return [t("Away: {people}", people=shown)]


def _wanted(now: TeamNow, t: Text) -> list[str]:
    if not now.wanted:
        return []
    people = [
        t("{who}: {time}", who=mention(one.person_id), time=stretch(one.span, t))
        for one in now.wanted[:GAPS_SHOWN]
    ]
    shown = "; ".join(people)
    more = len(now.wanted) - GAPS_SHOWN
    if more > 0:
        shown = t.n("{shown} and {count} more", "{shown} and {count} more", more, shown=shown)
    return [t("Cover is wanted: {people}", people=shown)]
