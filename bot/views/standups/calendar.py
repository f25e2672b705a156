"""A stand-up's next two weeks in words: what to look at, each day, and who is asked when, page by page."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.rules.standups.drafts import SettingsDraft
from bot.rules.standups.outlook import Concern, Doubt, Entry, Line, Outlook, Planned, Why
from bot.rules.standups.planning import Occurrence
from bot.rules.wall_clock import day_of
from bot.text import Text, _, channel_link, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.standups import ids
from bot.views.standups import setup_words as words
from bot.views.standups.settings import read, written
from bot.views.teams.words import mentions

A_PAGE = 25
ROUNDS_SHOWN = 4
DAY = timedelta(days=1)

WHYS = {
    Why.OTHER_DAY: _("not on this weekday"),
    Why.DAY_OFF: _("day off"),
    Why.NO_SHIFT: _("no shift"),
    Why.AWAY: _("away"),
    Why.OVER: _("over for today"),
    Why.NOBODY: _("nobody has the role"),
}
NO_ROUND = {
    Why.OTHER_DAY: _("no round: not on this weekday"),
    Why.DAY_OFF: _("no round: day off"),
    Why.NO_SHIFT: _("no round: nobody has a shift then"),
    Why.AWAY: _("no round: everybody is away"),
    Why.OVER: _("over for today"),
    Why.NOBODY: _("no round: nobody has the role"),
}
NEVER = {
    Why.OTHER_DAY: _("{people}: never asked, because the team does not work on these days."),
    Why.DAY_OFF: _("{people}: never asked, because the team is off on all of these days."),
    Why.NO_SHIFT: _("{people}: never asked, because they have no shift at that time."),
    Why.AWAY: _("{people}: not asked, because they are away."),
    Why.OVER: _("{people}: not asked any more, because the time of today is over."),
    Why.NOBODY: _("{people}: never asked."),
}
NOBODY = {
    Why.OTHER_DAY: _("Nobody would be asked: the team does not work on these days."),
    Why.DAY_OFF: _("Nobody would be asked: the team is off on all of these days."),
    Why.NO_SHIFT: _(
        "Nobody would be asked: nobody has a shift at that time. Choose a time by the clock, or set up shifts first."
    ),
    Why.AWAY: _("Nobody would be asked: everybody is away."),
    Why.OVER: _("Nobody would be asked: the time is over for today, and there is no other day."),
    Why.NOBODY: _("Nobody would be asked: nobody in the team has a role that is asked."),
}


@dataclass(frozen=True, slots=True)
class Carried:
    """What the calendar is of: a saved stand-up, or what a form held when it was opened."""

    team: str
    standup: str = ""
    draft: SettingsDraft | None = None


def carried(metadata: str) -> Carried:
    found: dict[str, Any] = json.loads(metadata)
    draft = found.get("draft")
    return Carried(found["team"], found["standup"], read(draft) if draft else None)


def calendar(seen: Outlook, held: Carried, t: Text, page: int = 0) -> Block:
    """The modal. Times are by the team's clock, and each person's own beside it where it differs."""
    blocks = [
        b.section(_title(seen, t)),
        *_doubts(seen, t),
        b.section("\n".join(_days(seen, t))),
        *_people(seen, t, page),
    ]
    told = {"team": held.team, "standup": held.standup}
    told |= {"draft": written(held.draft)} if held.draft else {}  # type: ignore[dict-item]
    return b.modal(
        ids.LIST,
        t("The next two weeks"),
        blocks,
        close=t("Back"),
        private_metadata=json.dumps(told, ensure_ascii=False),
    )


def _title(seen: Outlook, t: Text) -> str:
    standup, zone = seen.standup, seen.team.zone.replace("_", " ")
    first = f"*{escape(standup.name)}* · {words.times(standup.schedule, t)}"
    clock = t("All times by the team's clock ({zone}).", zone=zone)
    if seen.channel:
        where = t("The summary goes to {channel}.", channel=channel_link(seen.channel))
        clock = f"{clock} {where}"
    if not standup.is_active:
        off = t("It is switched off: this is what would happen.")
        clock = f"{clock}\n{off}"
    return f"{first} · {words.to_answer(standup.schedule, t)}\n{clock}"


def _doubts(seen: Outlook, t: Text) -> Iterator[Block]:
    if seen.doubts:
        yield b.section("\n".join(f"⚠️ {_doubt(one, seen, t)}" for one in seen.doubts))


def _doubt(one: Doubt, seen: Outlook, t: Text) -> str:
    people = mentions(one.people, t)
    match one.concern:
        case Concern.NOBODY:
            return t(NOBODY[one.why or Why.NOBODY])
        case Concern.NEVER:
            return t(NEVER[one.why or Why.NOBODY], people=people)
        case Concern.OVERLAP:
            return t(
                "{people}: asked again while the time to answer still runs. Give less time, or other times.",
                people=people,
            )
        case Concern.BEFORE_SHIFT:
            return t("{people}: asked before their shift begins.", people=people)
        case Concern.NO_CHANNEL:
            return t("The summary has no channel: choose one here, or give the team one.")
    return t(
        "Baton cannot post in {channel}. Type `/invite @Baton` there, or choose another channel.",
        channel=channel_link(seen.channel),
    )


def _days(seen: Outlook, t: Text) -> Iterator[str]:
    """`Mon, 2 Mar 2026: 4 people, 09:05–11:05`, or why there is no round; days in a row that say the same are one line."""
    for first, last, told in _runs((one.day, _day(one, seen, t)) for one in seen.days):
        days = [f"{t.weekday(one.weekday())}, {t.day(one)}" for one in (first, last)]
        yield f"{' – '.join(dict.fromkeys(days))}: {told}"


def _day(one: Planned, seen: Outlook, t: Text) -> str:
    if one.why:
        return _reason(t(NO_ROUND[one.why]), one.off)
    shown = [_round(each, seen, t) for each in one.rounds[:ROUNDS_SHOWN]]
    if more := max(0, len(one.rounds) - ROUNDS_SHOWN):
        shown.append(t.n("and {count} more", "and {count} more", more))
    return f"*{' · '.join(shown)}*"


def _runs(told: Iterable[tuple[date, str]]) -> list[tuple[date, date, str]]:
    """The first and the last day of each row of days about which the same is told."""
    found: list[tuple[date, date, str]] = []
    for day, text in told:
        if found and found[-1][2] == text and found[-1][1] + DAY == day:
            found[-1] = (found[-1][0], day, text)
        else:
            found.append((day, day, text))
    return found


def _round(one: Occurrence, seen: Outlook, t: Text) -> str:
    count = len(one.people)
    start, end = (_clock(at, seen.team.zone, t) for at in (one.opens_at, one.closes_at))
    return t.n(
        "{count} person, {start}–{end}",
        "{count} people, {start}–{end}",
        count,
        start=start,
        end=end,
    )


def _people(seen: Outlook, t: Text, page: int) -> Iterator[Block]:
    if not seen.lines:
        return
    yield b.header(t("Who is asked when"))
    pages = -(-len(seen.lines) // A_PAGE)
    at = min(max(page, 0), pages - 1)
    for line in seen.lines[at * A_PAGE : (at + 1) * A_PAGE]:
        yield b.section(_line(line, seen, t))
    if pages > 1:
        yield b.context(t("Page {page} of {pages}", page=at + 1, pages=pages))
        turns = [(t("Back"), at - 1)] if at else []
        turns += [(t("More"), at + 1)] if at + 1 < pages else []
        yield b.actions(
            *(b.button(text, f"{ids.CALENDAR_PAGE}:{to}", str(to)) for text, to in turns)
        )


def _line(line: Line, seen: Outlook, t: Text) -> str:
    """`Anna: Mon 2–Fri 6 09:05 · Mon 9 – holiday (Ohi Day)`."""
    entries = _runs((one.day, _entry(one, line, seen, t)) for one in line.entries)
    told = " · ".join(f"{_short(first, last, t)} {text}" for first, last, text in entries)
    who = mention(line.person_id)
    if line.is_asked and line.zone != seen.team.zone:
        who = f"{who} ({line.zone.replace('_', ' ')})"
    return f"*{who}*: {told or t(WHYS[Why.OTHER_DAY])}"


def _short(first: date, last: date, t: Text) -> str:
    days = (f"{t.weekday(one.weekday())} {one.day}" for one in (first, last))
    return "–".join(dict.fromkeys(days))


def _entry(one: Entry, line: Line, seen: Outlook, t: Text) -> str:
    if one.at is None:
        return f"– {_reason(t(WHYS[one.why or Why.NOBODY]), one.off)}"
    at, own = (_clock(one.at, zone, t, one.day) for zone in (seen.team.zone, line.zone))
    if own != at:
        at = t("{time} ({own} for them)", time=at, own=own)
    if one.at <= seen.now and not seen.standup.id:
        at = t("{time}, so at once", time=at)
    return at


def _clock(at: datetime, zone: str, t: Text, day: date | None = None) -> str:
    """The time of day there, and the weekday if it is another day than the one that is spoken of."""
    there = Text(t.locale, zone)
    shown, on = there.time(at), day_of(at, zone)
    return shown if day in {None, on} else f"{t.weekday(on.weekday())} {shown}"


def _reason(why: str, off: str) -> str:
    return f"{why} ({escape(off)})" if off else why
