"""What leads see in private: who took part over some weeks, in words and never ranked, and the team's mood."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules.reports import Asked, Period, last_weeks
from bot.rules.reports.asked import About
from bot.rules.standups.measures import ENOUGH, Counts, Trend, Week, trend
from bot.rules.teams import Team
from bot.text import Text, _, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.reports import words as report_words
from bot.views.standups import feelings, ids
from bot.views.standups.ask import packed

A_PAGE = 50
TEAMS_SHOWN = 100  # what a select can hold
WEEKS: Mapping[int, str] = {1: _("1 week"), 4: _("4 weeks"), 12: _("12 weeks")}

TRENDS: Mapping[Trend, str] = {
    Trend.MORE: _("more than in the same time before"),
    Trend.LESS: _("less than in the same time before"),
    Trend.SAME: _("about as in the same time before"),
    Trend.UNKNOWN: "",
}


@dataclass(frozen=True, slots=True)
class Took:
    """How one person took part, then and in the same time before; and their mood by week, if they share it."""

    person_id: str
    name: str
    counts: Counts
    before: Counts
    mood: Sequence[Week] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which participation is looked at: no team is the first that the reader leads, no period the last four weeks."""

    team_id: str = ""
    period: Period | None = None
    page: int = 0

    def packed(self) -> str:
        """As a button carries it."""
        days = [self.period.first, self.period.last] if self.period else []
        return json.dumps([self.team_id, self.page, *map(str, days)], separators=(",", ":"))


def unpack(packed: str) -> Wanted:
    """The reverse of `Wanted.packed`; nothing is the usual."""
    if not packed:
        return Wanted()
    team_id, page, *days = json.loads(packed)
    return Wanted(team_id, Period(*map(date.fromisoformat, days)) if days else None, page)


@dataclass(frozen=True, slots=True)
class Participation:
    """Of one team of all that the reader leads. `people` are sorted by name, whatever they did; `today` is the team's."""

    team: Team
    teams: Sequence[Team]
    period: Period
    today: date
    people: Sequence[Took]
    whole: Counts
    before: Counts
    moods: Sequence[Week]


def participation(seen: Participation, page: int, t: Text) -> Block:
    """One page, as a modal that only its reader sees."""
    shown = seen.people[page * A_PAGE : (page + 1) * A_PAGE]
    lines = [_line(one, t) for one in shown]
    whole = t("The whole team")
    blocks = [
        b.header(t("{team}: who took part", team=seen.team.name)),
        b.context(
            t("{days}. Only those who lead see this.", days=report_words.period(seen.period, t))
        ),
        b.actions(*_choices(seen, t)),
        *_other_teams(seen, t),
        b.section(f"*{whole}*\n{counts(seen.whole, seen.before, t)}"),
        *map(b.section, packed(lines)),
        *_turns(seen, page, t),
        b.section(feelings.team(seen.moods, t)),
        b.context(_meaning(t)),
    ]
    return b.modal(ids.PARTICIPATION, t("Participation"), blocks, close=t("Close"))


def counts(given: Counts, before: Counts, t: Text) -> str:
    """How often somebody was asked, and what became of it; a rate only of enough."""
    if not given.asked:
        return t("Not asked in these days.")
    parts = (
        (given.in_time, t("{number} in time", number=t.number(given.in_time))),
        (given.late, t("{number} later", number=t.number(given.late))),
        (given.silent, t("{number} without an answer", number=t.number(given.silent))),
        (given.skipped, t("{number} skipped", number=t.number(given.skipped))),
    )
    became = ", ".join(words for number, words in parts if number)
    told = [t("asked {asked}: {became}", asked=t.number(given.asked), became=became)]
    if given.rate is not None:
        told.append(t("{percent} % answered", percent=t.number(round(100 * given.rate))))
    if compared := t(TRENDS[trend(given, before)]):
        told.append(compared)
    return " · ".join(told)


def _line(one: Took, t: Text) -> str:
    told = f"{mention(one.person_id)} · {counts(one.counts, one.before, t)}"
    if one.mood:
        weeks = feelings.by_week(one.mood, t)
        shared = t("They share their mood with you: {weeks}", weeks=weeks)
        told = f"{told}\n{shared}"
    return told


def _choices(seen: Participation, t: Text) -> Iterator[Block]:
    team_id = seen.team.id
    if len(seen.teams) > 1:
        options = [
            b.option(one.name, Wanted(one.id, seen.period).packed())
            for one in seen.teams[:TEAMS_SHOWN]
        ]
        yield b.select(
            options,
            initial=Wanted(team_id, seen.period).packed(),
            action_id=f"{ids.PARTICIPATION}:team",
        )
    for weeks, label in WEEKS.items():
        period = last_weeks(weeks, seen.today)
        style = {"style": "primary"} if period == seen.period else {}
        value = Wanted(team_id, period).packed()
        yield b.button(t(label), f"{ids.PARTICIPATION}:{weeks}", value, **style)
    asked = Asked(seen.period, (team_id,), About.STANDUPS)
    yield b.button(t("Send me as Excel"), ids.EXPORT, asked.packed())


def _other_teams(seen: Participation, t: Text) -> Iterator[Block]:
    """More than a menu can hold: then it says so."""
    if more := len(seen.teams[TEAMS_SHOWN:]):
        yield b.context(t.n("and {count} more", "and {count} more", more))


def _turns(seen: Participation, page: int, t: Text) -> Iterator[Block]:
    pages = max(1, -(-len(seen.people) // A_PAGE))
    buttons = []
    for label, other in ((t("Back"), page - 1), (t("More"), page + 1)):
        if 0 <= other < pages:
            value = Wanted(seen.team.id, seen.period, other).packed()
            buttons.append(b.button(label, f"{ids.PARTICIPATION}:page{other}", value))
    if buttons:
        yield b.context(t("Page {page} of {pages}", page=page + 1, pages=pages))
        yield b.actions(*buttons)


def _meaning(t: Text) -> str:
    return t(
        "Who was away, on leave or out that day is not counted, nor a round that still runs. Who skips has said so: it counts neither for nor against. "
        "Of fewer than {enough} rounds no share is given. Sorted by name.",
        enough=ENOUGH,
    )
