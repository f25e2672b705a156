"""The numbers of a report as blocks, and as the plain lines that screen readers read."""

from collections.abc import Iterator, Mapping

from bot.rules.escalations import ReturnReason
from bot.rules.reports import (
    Asked,
    Clock,
    Figures,
    Limit,
    Spent,
    freed,
    limits,
    spending,
)
from bot.rules.reports.bounces import TEAM
from bot.rules.reports.seen import Report
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import words as cases
from bot.views.reports import ids, words

LINES = 12
"""Of each list; the Excel file has the rest."""
TEXT_LIMIT = 3900


def message(report: Report, t: Text) -> tuple[str, list[Block]]:
    """What only the asker sees: its text and its blocks."""
    blocks = [*_blocks(report, t), b.actions(*_buttons(report.asked, t))]
    return plain(report, t), blocks


def modal(report: Report, t: Text) -> Block:
    """The same in place of the form."""
    blocks = [*_blocks(report, t), b.actions(_export_button(report.asked, t))]
    return b.modal(ids.SHOWN, t("Report"), blocks, close=t("Close"))


def plain(report: Report, t: Text) -> str:
    """Everything in plain lines, within what a message's text may hold."""
    lines = [title(report, t)]
    for heading, told in sections(report, t):
        lines += [heading, *told] if heading else told
    lines.append(t(words.NOT_KNOWN))
    found = [one.replace("*", "") for one in lines]
    while len("\n".join(found)) > TEXT_LIMIT:
        found.pop()
    return "\n".join(found)


def title(report: Report, t: Text) -> str:
    names = words.teams(report.teams, t, is_all=report.is_all)
    days = words.period(report.asked.period, t)
    return t("Escalations of {teams}, {days}", teams=names, days=days)


def sections(report: Report, t: Text) -> Iterator[tuple[str, list[str]]]:
    """The report as headings with lines; the first has none."""
    tally = report.tally
    yield "", list(figures(tally.whole, t))
    if tally.by_severity:
        yield t("By severity"), _groups(tally.by_severity, words.severities(report.teams, t), t)
    if tally.by_category:
        yield (
            t("By category"),
            _groups(tally.by_category, words.categories(tally.by_category, t), t),
        )
    if concessions := [concession(one, t) for one in spent(report)]:
        yield t("Concessions"), _first(concessions, t)
    if spared := list(permissions(report, t)):
        yield t("What a permission would have spared"), _first(spared, t)
    if returned := list(bounces(report, t)):
        yield t("Returned"), _first(returned, t)


def figures(given: Figures, t: Text) -> Iterator[str]:
    """The numbers of all cases, a line each."""
    yield _line(t("Raised"), t.number(given.raised))
    yield _line(t("Resolved"), t.number(given.resolved))
    yield _line(t("Time to claim"), words.lengths(given.claims, t))
    yield _line(t("Time to resolve"), words.lengths(given.solutions, t))
    for clock in Clock:
        yield _line(t(words.CLOCKS[clock]), words.share(given.attainment(clock), t))
    yield _line(t("Reopened"), words.share(given.reopening, t))
    yield _line(t("Returned to who raised it"), words.share(given.bouncing, t))


def spent(report: Report) -> list[Spent]:
    return spending(report.tally, report.teams, report.asked.period)


def concession(given: Spent, t: Text) -> str:
    """A team's month in one currency, against its budget if it has one."""
    sum_, count = words.money(given.minor, given.currency, t), given.count
    where = t("{team}, {month}", team=escape(given.team.name), month=t.month(given.month))
    if given.budget_minor is None:
        told = t.n("{sum} in {count} case", "{sum} in {count} cases", count, sum=sum_)
        return f"{where}: {told}"
    budget = words.money(given.budget_minor, given.currency, t)
    told = t.n(
        "{sum} of {budget} in {count} case",
        "{sum} of {budget} in {count} cases",
        count,
        sum=sum_,
        budget=budget,
    )
    over = t("over the budget") if given.is_over else ""
    return f"{where}: {told} · *{over}*" if over else f"{where}: {told}"


def permissions(report: Report, t: Text) -> Iterator[str]:
    """What would have been solved without us, had the agents been allowed to."""
    allowed, minutes = report.tally.allowed, report.tally.allowed_minutes
    for limit in limits(allowed, minutes):
        yield raised_limit(limit, t)
    for one in freed(allowed, minutes):
        yield t(
            "{decision}, without money: allowing it would have removed {escalations} and {time} of waiting",
            decision=t(cases.DECISIONS[one.decision]),
            escalations=_escalations(one.removed, t),
            time=words.length(one.minutes, t),
        )


def raised_limit(limit: Limit, t: Text) -> str:
    return t(
        "Raising the limit to {amount} would have removed {escalations} and {time} of waiting",
        amount=t.money(limit.amount, limit.currency),
        escalations=_escalations(limit.removed, t),
        time=words.length(limit.minutes, t),
    )


def bounces(report: Report, t: Text) -> Iterator[str]:
    """Why cases went back, the most frequent first, with the field that would have spared it."""
    for (reason, field), count in sorted(
        report.tally.bounces.items(), key=lambda one: (-one[1], one[0])
    ):
        told = t("{count} × {reason}", count=t.number(count), reason=reason_of(reason, t))
        if field:
            spared = t("“{field}” in the form would have spared it", field=field_of(field, t))
            told = f"{told} · {spared}"
        yield told


def reason_of(reason: str, t: Text) -> str:
    return t(cases.REASONS[ReturnReason(reason)])


def field_of(name: str, t: Text) -> str:
    return t("Team") if name == TEAM else t(cases.FIELDS.get(name, name))


def _blocks(report: Report, t: Text) -> Iterator[Block]:
    yield b.header(t("Escalations"))
    yield b.context(title(report, t))
    for heading, lines in sections(report, t):
        if heading:
            yield b.divider()
            yield b.section(f"*{heading}*")
        yield b.section("\n".join(lines))
    yield b.context(t(words.NOT_KNOWN))


def _buttons(asked: Asked, t: Text) -> Iterator[Block]:
    yield _export_button(asked, t)
    yield b.button(t("Other teams or days"), ids.OPEN)


def _export_button(asked: Asked, t: Text) -> Block:
    return b.button(t("Send me as Excel"), ids.EXPORT, asked.packed())


def _line(label: str, value: str) -> str:
    return f"*{label}:* {value}"


def _groups(given: Mapping[str, Figures], names: Mapping[str, str], t: Text) -> list[str]:
    """A line for each group in which something happened, in the order of the names."""
    return [_group(name, given[one], t) for one, name in names.items() if one in given]


def _group(name: str, given: Figures, t: Text) -> str:
    return t(
        "*{name}* {raised} raised, {resolved} resolved · claimed in time {claimed} · to claim {claim} · to resolve {resolve}",
        name=escape(name),
        raised=t.number(given.raised),
        resolved=t.number(given.resolved),
        claimed=words.share(given.attainment(Clock.CLAIM), t),
        claim=words.lengths(given.claims, t),
        resolve=words.lengths(given.solutions, t),
    )


def _escalations(count: int, t: Text) -> str:
    return t.n("{count} escalation", "{count} escalations", count)


def _first(lines: list[str], t: Text) -> list[str]:
    if len(lines) <= LINES:
        return lines
    more = len(lines) - LINES
    told = t.n("and {count} more in the Excel file", "and {count} more in the Excel file", more)
    return [*lines[:LINES], told]
