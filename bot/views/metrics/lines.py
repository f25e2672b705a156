"""The lines of a digest: each number with its target, what it was before, and what to make of it, as blocks and as text."""

from collections.abc import Iterator, Mapping, Sequence

from bot.rules.metrics.comparison.comparing import Against
from bot.rules.metrics.comparison.guards import Catch, Trend, Verdict, counts_of
from bot.rules.metrics.comparison.lines import Compared, Line
from bot.rules.metrics.definition.registry import Unit
from bot.rules.metrics.store.parts import Counts
from bot.text import Text, _, escape
from bot.views import blocks as b
from bot.views.blocks import Block, shorten
from bot.views.metrics.amounts import count, name, show, with_count
from bot.views.metrics.catches import CATCHES, TOO_FEW_ANSWERS

LIMIT = 9_000
"""Characters of all lines together: a message holds some 13,000, and it has a title and a chart besides."""
EACH_ALONE = 12
"""So many lines stand each by itself; more stand close together, since a message has at most 50 blocks."""
TOGETHER = 2_900
NOTE = 300
TEAMS = 3

AGAINST: Mapping[Against, str] = {
    Against.DAY_A_WEEK_AGO: _("a week ago"),
    Against.DAY_OF_FOUR_WEEKS: _("same weekday over four weeks"),
    Against.WEEK_BEFORE: _("week before"),
    Against.FOUR_WEEKS: _("four weeks before"),
    Against.MONTH_BEFORE: _("month before"),
    Against.MONTH_A_YEAR_AGO: _("same month last year"),
    Against.QUARTER_BEFORE: _("quarter before"),
    Against.QUARTER_A_YEAR_AGO: _("same quarter last year"),
}
TRENDS: Mapping[Trend, str] = {
    Trend.BETTER: _("better"),
    Trend.WORSE: _("worse"),
    Trend.UP: _("more"),
    Trend.DOWN: _("less"),
    Trend.SAME: _("the same"),
    Trend.CHANCE: _("may be chance"),
}


def blocks(lines: Sequence[Line], t: Text, *, limit: int = LIMIT) -> list[Block]:
    """All lines, shorter where they would not fit, and at last only how many more there are."""
    told = _fitting(lines, t, limit)
    if len(told) <= EACH_ALONE:
        return [b.section(one) for one in told]
    return [b.section(one) for one in _packed(told)]


def plain(lines: Sequence[Line], t: Text) -> str:
    """The same in plain text, for screen readers and notifications. Whoever sends it cuts it to what a text may hold."""
    return "\n".join(full(one, t).replace("*", "").replace("\n", " · ") for one in lines)


def full(line: Line, t: Text) -> str:
    """All that there is to say, in up to four rows."""
    return "\n".join(_rows(line, t))


def brief(line: Line, t: Text) -> str:
    """The number, and how it stands to its target."""
    return next(_rows(line, t))


def _rows(line: Line, t: Text) -> Iterator[str]:
    yield f"*{name(line.metric, t)}:* {' · '.join(_said(line, t))}"
    if line.compared:
        yield " · ".join(_before(one, line, t) for one in line.compared)
    for one in line.catches:
        yield f"⚠ {_catch(one, t)}"
    if line.note:
        yield t("“{words}”", words=escape(shorten(line.note, NOTE)))


def _said(line: Line, t: Text) -> Iterator[str]:
    if not line.is_known:
        yield (
            t("no data since {day}", day=t.day(line.last_day))
            if line.last_day
            else t("no data yet")
        )
        return
    yield _value(line, t)
    if line.last_day:
        yield t("only until {day}", day=t.day(line.last_day))
    if line.missing:
        yield t("without {teams}: no data", teams=_teams(line.missing, t))
    if line.target is not None:
        yield _target(line, t)
    if line.was is not None:
        yield t("corrected, was {value}", value=show(line.was, line.metric, t))


def _value(line: Line, t: Text) -> str:
    """With how many it is of; of too few, that they are too few."""
    value, metric = line.value, line.metric
    if line.is_few and metric.unit is Unit.PERCENT and _is_counted(line):
        part, of = t.number(round(value.numerator or 0, 1)), count(value, metric, t)
        return t("{part} of {whole}, too few to rank", part=part, whole=of)
    told = with_count(value, metric, t, is_few=line.is_few)
    if line.chance is None:
        return told
    low, high = (t.number(round(one)) for one in line.chance)
    return t("{value} ({low}–{high} % could be chance)", value=told, low=low, high=high)


def _is_counted(line: Line) -> bool:
    return counts_of(line.metric) is Counts.THINGS and line.value.numerator is not None


def _teams(names: Sequence[str], t: Text) -> str:
    told = [escape(shorten(one, 40)) for one in names[:TEAMS]]
    more = len(names) - len(told)
    return ", ".join(
        [*told, *([t.n("and {count} more", "and {count} more", more)] if more else [])]
    )


def _target(line: Line, t: Text) -> str:
    """A sign and words, never a colour. What has a catch is met, and no reason for a green sign."""
    target = show(line.target, line.metric, t)
    match line.verdict:
        case Verdict.MET if line.catches:
            return t("target {target}: met, but see below", target=target)
        case Verdict.MET:
            return t("target {target}: ✓ met", target=target)
        case Verdict.MISSED:
            return t("target {target}: ✗ not met", target=target)
        case _:
            return t("target {target}", target=target)


def _before(compared: Compared, line: Line, t: Text) -> str:
    """Which way it went, and whether that is good: not where the good has a catch."""
    before, value = t(AGAINST[compared.against]), show(compared.value, line.metric, t)
    if compared.trend is Trend.UNKNOWN:
        return t("{before}: {value}", before=before, value=value)
    sign = _sign(compared, line)
    told = t("{before}: {value} {sign}", before=before, value=value, sign=sign)
    has_catch = compared.trend is Trend.BETTER and line.catches
    return told if has_catch else f"{told} {t(TRENDS[compared.trend])}"


def _sign(compared: Compared, line: Line) -> str:
    now, then = line.value.amount or 0, compared.value.amount or 0
    if compared.trend is Trend.SAME:
        return "="
    return "▲" if now > then else "▼"


def _catch(catch: Catch, t: Text) -> str:
    if catch.by_n:
        return t(TOO_FEW_ANSWERS)
    return t(CATCHES[catch.metric, catch.other])


def _fitting(lines: Sequence[Line], t: Text, limit: int) -> list[str]:
    """The last ones are shortened first: who chose them put what matters most on top."""
    told = [full(one, t) for one in lines]
    size = sum(map(len, told))
    for place in range(len(told) - 1, -1, -1):
        if size <= limit:
            return told
        short = brief(lines[place], t)
        size += len(short) - len(told[place])
        told[place] = short
    kept: list[str] = []
    for one in told:
        if sum(map(len, kept)) + len(one) > limit:
            more = len(told) - len(kept)
            kept.append(
                t.n("and {count} more in `/metrics`", "and {count} more in `/metrics`", more)
            )
            break
        kept.append(one)
    return kept


def _packed(told: Sequence[str]) -> Iterator[str]:
    held: list[str] = []
    for one in told:
        if held and len("\n".join([*held, one])) > TOGETHER:
            yield "\n".join(held)
            held = []
        held.append(one)
    yield "\n".join(held)
