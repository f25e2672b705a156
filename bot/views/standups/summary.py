"""The summary's card: one message that fits however many people there are, the most important first, and nothing cut silently."""

from collections.abc import Iterator, Sequence

from bot.rules.reports import median
from bot.rules.standups import Round, ShiftNote
from bot.rules.standups.summaries import Summary, Yesterday
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block, text_length
from bot.views.handovers.words import BLOCKS_LIMIT, Message, within_or
from bot.views.metrics.strip import strip
from bot.views.reports.words import length
from bot.views.standups import blockers, ids, notes, voices

BLOCKS = 50
LEVELS = (300, 200, 120, 80, 50)
LINES = (60, 40)
"""How much is shown of each answer: as much as fits for everybody; then one line each, before anybody is left out."""
BLOCKERS_SHOWN = 6
NOTES_SHOWN = 4
PEOPLE_SHOWN = 30
BRIEF = 150
SECTION = 2900
ROOM_FOR_MORE = 200
"""Characters that are kept for saying how many more there are."""


def card(summary: Summary, t: Text) -> Message:
    """Its complete text, as far as a message's text can hold it, and its blocks."""
    above = [*top(summary, t), *_blockers(summary, t)]
    below = [*below_answers(summary, t), _buttons(summary, t)]
    answers = _answers(summary, t, above + below)
    return _text(summary, t), [*above, *answers, *below]


def late(person_id: str, t: Text) -> str:
    """The line below a summary that was posted already."""
    return t("{who} has answered too. It is in the summary above.", who=mention(person_id))


def no_channel(round_: Round, t: Text) -> str:
    return t(
        "The summary of “{name}” has nowhere to go: neither the stand-up nor the team has a channel. "
        "Choose one with `/standup setup`, or the team's own with `/baton`. Until then `/standup summary` shows it.",
        name=escape(round_.name),
    )


def top(summary: Summary, t: Text) -> Iterator[Block]:
    """What the round was, the lead's note, and yesterday's numbers."""
    yield b.header(_title(summary.round, t))
    yield b.context(_how_far(summary, t))
    if summary.round.focus:
        yield b.section(_focus(summary.round, t))
    if summary.yesterday:
        yield b.context(numbers(summary.yesterday, t))
    if summary.strip:
        yield b.context(strip(summary.strip, t))


def numbers(yesterday: Yesterday, t: Text) -> str:
    """The team's own escalations, in one line."""
    told = t(
        "Escalations on {day}: {raised} raised, {resolved} resolved, {open} open at the end of the day",
        day=t.day(yesterday.day),
        raised=t.number(yesterday.raised),
        resolved=t.number(yesterday.resolved),
        open=t.number(yesterday.left_open),
    )
    count = yesterday.claims.total()
    if not count:
        return told
    middle = length(median(yesterday.claims), t)
    claimed = t("half claimed within {time} (of {count})", time=middle, count=t.number(count))
    return f"{told}, {claimed}"


def below_answers(summary: Summary, t: Text) -> Iterator[Block]:
    """Who is not there, who did not answer (as the team chose), and the notes of shift to shift."""
    if told := list(_people(summary, t)):
        yield b.context(*told)
    yield from map(b.section, _all_notes(summary, t))


def _title(round_: Round, t: Text) -> str:
    return t("{name} · {day}", name=round_.name, day=t.day(round_.day))


def _how_far(summary: Summary, t: Text) -> str:
    count = t.n("{count} answer", "{count} answers", len(summary.voices))
    if not summary.is_open:
        return count
    told = [count, t("open until {when}", when=when(summary.round.closes_at, t))]
    if summary.to_be_asked:
        told.append(t.n("{count} is asked later", "{count} are asked later", summary.to_be_asked))
    return " · ".join(told)


def _focus(round_: Round, t: Text) -> str:
    quoted = escape(round_.focus).replace("\n", "\n>")
    title = t("Focus, from {who}", who=mention(round_.focus_by))
    return f"*{title}*\n>{quoted}"


def _blockers(summary: Summary, t: Text) -> Iterator[Block]:
    if not summary.blockers:
        return
    standing = sum(not one.is_solved for one in summary.blockers)
    title = t.n("{count} blocker", "{count} blockers", standing) if standing else t("Blockers")
    yield b.section(f"*{title}*")
    for one in summary.blockers[:BLOCKERS_SHOWN]:
        yield from blockers.entry(
            one,
            blockers.public_actions(one),
            t,
            at=summary.until,
            zone=summary.zone,
            seen_in=summary.round.id,
            limit=BRIEF,
        )
    if more := len(summary.blockers[BLOCKERS_SHOWN:]):
        yield b.context(_and_more(more, t))


def _answers(summary: Summary, t: Text, rest: Sequence[Block]) -> list[Block]:
    """As much of everybody as there is room for beside the rest; who does not fit even in a line is counted."""
    if not summary.voices:
        return [b.section(t("Nobody has answered yet."))] if summary.is_open else []
    sections: list[str] = []
    shown = 0
    ways = [("\n\n", voices.paragraph, one) for one in LEVELS]
    ways += [("\n", voices.line, one) for one in LINES]
    for between, drawn, limit in ways:
        sections, shown = _packed(
            (drawn(one, t, limit) for one in summary.voices),
            between=between,
            most=BLOCKS - len(rest) - 1,
            room=BLOCKS_LIMIT - text_length(list(rest)) - ROOM_FOR_MORE,
        )
        if shown == len(summary.voices):
            break
    blocks = [b.section(one) for one in sections]
    if more := len(summary.voices) - shown:
        told = t.n(
            "and {count} more answer: *Show all* has it",
            "and {count} more answers: *Show all* has them",
            more,
        )
        blocks.append(b.context(told))
    return blocks


def _packed(found: Iterator[str], *, between: str, most: int, room: int) -> tuple[list[str], int]:
    """The first ones, together in as few sections as they need, and how many there are. What comes later is not even drawn."""
    sections: list[str] = []
    shown = 0
    for one in found:
        joined = between.join([*sections[-1:], one])
        if len(joined) <= SECTION and sections:
            grown = [*sections[:-1], joined]
        else:
            grown = [*sections, one]
        if len(grown) > most or sum(map(len, grown)) > room:
            break
        sections, shown = grown, shown + 1
    return sections, shown


def people(summary: Summary, t: Text) -> Iterator[tuple[str, Sequence[str]]]:
    """Who is not among the answers, under what they share. Those who did not answer are here only if the team names them."""
    missing = summary.missing.people
    for label, found in (
        (t("Nothing to say this time"), summary.skipped),
        (t("Out today"), summary.out),
        (t("Away"), summary.away),
        (t("Could not be asked, since Baton was down"), summary.not_asked),
        (t("No answer yet"), missing),
    ):
        if found:
            yield label, found


def counted(summary: Summary, t: Text) -> str:
    """How many did not answer, where the team does not want to name them; nothing where it hides that too."""
    missing = summary.missing
    if missing.people or not missing.count:
        return ""
    return t.n("{count} has not answered", "{count} have not answered", missing.count)


def _people(summary: Summary, t: Text) -> Iterator[str]:
    for label, found in people(summary, t):
        yield f"{label}: {_mentions(found, t)}"
    if told := counted(summary, t):
        yield told


def _mentions(found: Sequence[str], t: Text) -> str:
    shown = ", ".join(mention(one) for one in found[:PEOPLE_SHOWN])
    more = len(found[PEOPLE_SHOWN:])
    return f"{shown} {_and_more(more, t)}" if more else shown


def _notes(found: Sequence[ShiftNote], t: Text) -> Iterator[str]:
    for one in found[:NOTES_SHOWN]:
        yield notes.line(one, t, BRIEF)
    if more := len(found[NOTES_SHOWN:]):
        yield _and_more(more, t)


def _all_notes(summary: Summary, t: Text) -> Iterator[str]:
    for title, found in (
        (t("From the shift before"), summary.left_for_it),
        (t("For the next shift"), summary.left_by_it),
    ):
        if found:
            yield "\n".join([f"*{title}*", *_notes(found, t)])


def _and_more(count: int, t: Text) -> str:
    return t.n("and {count} more", "and {count} more", count)


def _buttons(summary: Summary, t: Text) -> Block:
    found = [b.button(t("Show all"), ids.SHOW_ALL, summary.round.id)]
    if summary.blockers:
        found.append(blockers.all_blockers(t))
    if any(not one.confirmed_at for one in summary.left_for_it):
        found.append(notes.confirm_button(summary.round, t))
    return b.actions(*found)


def _text(summary: Summary, t: Text) -> str:
    """The same in plain lines. Where they are too many for a message's text, the last one says so."""
    return within_or(_lines(summary, t), t("There is more: *Show all* has everything."))


def _lines(summary: Summary, t: Text) -> Iterator[str]:
    yield f"{escape(_title(summary.round, t))} · {_how_far(summary, t)}"
    if summary.round.focus:
        yield _focus(summary.round, t)
    if summary.yesterday:
        yield numbers(summary.yesterday, t)
    if summary.strip:
        yield strip(summary.strip, t)
    for one in summary.blockers[:BLOCKERS_SHOWN]:
        yield blockers.line(one, t, at=summary.until, zone=summary.zone, limit=BRIEF)
    if more := len(summary.blockers[BLOCKERS_SHOWN:]):
        yield _and_more(more, t)
    for voice in summary.voices:
        yield voices.paragraph(voice, t, BRIEF)
    yield from _people(summary, t)
    yield from _all_notes(summary, t)
