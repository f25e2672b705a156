"""A team's shifts in set-up: the weekly ones, page by page, what differs on single days, and what is missing."""

import json
from collections.abc import Iterator

from bot.rules.shifts import DayChange, Pattern
from bot.rules.shifts.seen import TeamShifts
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.covers.form import opener as cover_opener
from bot.views.shifts import ids, words

A_PAGE = 30
CHANGES_SHOWN = 15
LINES_SHOWN = 8


def team_shifts(seen: TeamShifts, t: Text, page: int = 0) -> Block:
    """The modal. Who may not set shifts sees the same without the buttons."""
    blocks = [
        b.section(words.now_lines(seen.now, t)),
        b.divider(),
        b.header(t("Weekly shifts")),
        *_patterns(seen, page, t),
        *_single_days(seen, t),
        *_overrides(seen, t),
        *_report(seen, t),
        b.divider(),
        b.actions(*_buttons(seen, t)),
    ]
    carried = json.dumps({"team": seen.team.id})
    return b.modal(ids.SHIFTS, t("Shifts"), blocks, close=t("Close"), private_metadata=carried)


def _patterns(seen: TeamShifts, page: int, t: Text) -> Iterator[Block]:
    if not seen.patterns:
        yield b.context(t("None yet."))
    pages = max(1, -(-len(seen.patterns) // A_PAGE))
    at = min(max(page, 0), pages - 1)
    for pattern in seen.patterns[at * A_PAGE : (at + 1) * A_PAGE]:
        change = b.button(
            t("Change"),
            f"{ids.CHANGE}:{pattern.id}",
            f"{pattern.team_id}:{pattern.id}",
            accessibility_label=b.shorten(
                t("Change {shift}", shift=words.name(pattern, t)), b.BUTTON_LIMIT
            ),
        )
        line = words.pattern_lines(pattern, t)
        yield b.section(line, accessory=change if seen.now.may_set else None)
    if pages > 1:
        yield b.context(t("Page {page} of {pages}", page=at + 1, pages=pages))
        turns = [(t("Back"), at - 1)] if at else []
        turns += [(t("More"), at + 1)] if at + 1 < pages else []
        yield b.actions(
            *(b.button(text, f"{ids.TURN}:{to}", f"{seen.team.id}:{to}") for text, to in turns)
        )


def _single_days(seen: TeamShifts, t: Text) -> Iterator[Block]:
    if not seen.day_changes:
        return
    patterns = {one.id: one for one in seen.patterns}
    yield b.header(t("Days with other hours"))
    for change in seen.day_changes[:CHANGES_SHOWN]:
        line = words.day_change(change, patterns.get(change.pattern_id), t)
        yield b.section(line, accessory=_day_remover(seen, change, t))
    yield from _more(len(seen.day_changes) - CHANGES_SHOWN, t)


def _day_remover(seen: TeamShifts, change: DayChange, t: Text) -> Block | None:
    if not seen.now.may_set:
        return None
    value = f"{seen.team.id}:{change.pattern_id}:{change.day.isoformat()}"
    return b.button(t("Take out"), f"{ids.DAY_REMOVE}:{change.pattern_id}{change.day}", value)


def _overrides(seen: TeamShifts, t: Text) -> Iterator[Block]:
    if not seen.overrides:
        return
    yield b.header(t("Changes for single people"))
    for one in seen.overrides[:CHANGES_SHOWN]:
        value = f"{seen.team.id}:{one.id}"
        remover = b.button(t("Take out"), f"{ids.OVERRIDE_REMOVE}:{one.id}", value)
        yield b.section(words.override(one, t), accessory=remover if seen.now.may_set else None)
    yield from _more(len(seen.overrides) - CHANGES_SHOWN, t)


def _report(seen: TeamShifts, t: Text) -> Iterator[Block]:
    report = seen.now.report
    if report.is_clean:
        return
    yield b.header(t("The next four weeks"))
    if report.gaps:
        lines = [words.stretch(one, t) for one in report.gaps[:LINES_SHOWN]]
        yield b.section("\n".join([t("*Nobody is there:*"), *lines]))
        yield from _more(len(report.gaps) - LINES_SHOWN, t)
    if report.overlaps:
        lines = [words.overlap(one, t) for one in report.overlaps[:LINES_SHOWN]]
        yield b.section("\n".join([t("*Two shifts at once:*"), *lines]))
        yield from _more(len(report.overlaps) - LINES_SHOWN, t)


def _more(count: int, t: Text) -> Iterator[Block]:
    if count > 0:
        yield b.context(t.n("and {count} more", "and {count} more", count))


def _buttons(seen: TeamShifts, t: Text) -> Iterator[Block]:
    if seen.now.may_set:
        team = seen.team.id
        yield b.button(t("New shift"), ids.NEW, team, style="primary")
        if seen.patterns:
            yield b.button(t("Other hours on a day"), ids.DAY_NEW, team)
        yield b.button(t("Change for one person"), ids.OVERRIDE_NEW, team)
    if seen.now.may_ask:
        yield cover_opener(t, team_id=seen.team.id, over_shifts=True)
    yield b.button(t("All teams"), ids.ALL_TEAMS)


def removed(pattern: Pattern, t: Text) -> Block:
    """What a form becomes once its shift is taken out."""
    line = t("Taken out: {shift}", shift=words.pattern_lines(pattern, t))
    return b.modal(ids.SHIFTS, t("Shifts"), [b.section(line)], close=t("Back"))
