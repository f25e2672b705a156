"""A digest as people read it: a line for each number, then teams or people, a chart, and what was corrected since."""

from collections.abc import Iterable, Iterator, Sequence

from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.digest.digests import About, Digest
from bot.rules.metrics.digest.monthly import workbook
from bot.rules.metrics.digest.posts import Post
from bot.rules.metrics.digest.telling import Part, Told
from bot.rules.wall_clock import day_of
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block, text_length
from bot.views.handovers.words import BLOCKS_LIMIT, TEXT_LIMIT, Message
from bot.views.metrics import amounts, ids
from bot.views.metrics import lines as line_views
from bot.views.metrics.charts import chart, in_words
from bot.views.reports.ids import EXPORT
from bot.views.reports.words import period

PARTS_SHOWN = 60
"""Teams or people of one digest. Who leads more sees the others in the team's own view."""
SECTION = 2900


def message(told: Told, t: Text) -> Message:
    """Its complete text, as far as a message's text can hold it, and its blocks."""
    top, bottom = list(_top(told, t)), [*_chart(told, t), *_buttons(told, t)]
    middle = blocks(told, t, room=BLOCKS_LIMIT - text_length([*top, *bottom]))
    return _text(told, t), [*top, *middle, *bottom]


def blocks(told: Told, t: Text, *, room: int = BLOCKS_LIMIT) -> list[Block]:
    """What it says, without its title: also in a modal. Teams and people are cut first where there are too many."""
    if not (told.lines or told.retired):
        return [b.section(_counting(t))]
    found = [*(_lines(told, t) if told.lines else ()), *_corrections(told, t), *_retired(told, t)]
    parts = [_part(one, t) for one in [*told.teams, *told.people][:PARTS_SHOWN]]
    count = len(told.teams) + len(told.people) + told.more
    for shown in range(len(parts), -1, -1):
        below = list(_parts(parts[:shown], count - shown, t))
        if text_length(found + below) <= room:
            return found + below
    return found


def title(told: Told, t: Text) -> str:
    """Whose numbers of which days, escaped."""
    days = period(told.period, t)
    if told.digest.choice.about is About.PERSON:
        return f"{mention(told.digest.person_id)} · {escape(told.about)} · {days}"
    if told.digest.choice.about is About.DEPARTMENT:
        whole = t("{team} with the teams that report to it", team=escape(told.about))
        return f"{whole} · {days}"
    return f"{escape(told.about)} · {days}"


def _top(told: Told, t: Text) -> Iterator[Block]:
    if told.is_test:
        yield b.context(t("A test: only you see it."))
    yield b.header(told.digest.name)
    yield b.context(*_facts(told, t))


def _facts(told: Told, t: Text) -> Iterator[str]:
    yield title(told, t)
    if told.post and told.post.is_late:
        yield t("Late: it was due {when}, when Baton was away.", when=when(told.post.due_at, t))


def _counting(t: Text) -> str:
    return t("The numbers of these days are still being added up. They appear here once they are.")


def _lines(told: Told, t: Text) -> list[Block]:
    if told.digest.choice.is_short:
        return [b.section("\n".join(line_views.brief(one, t) for one in told.lines))]
    return line_views.blocks(told.lines, t)


def _corrections(told: Told, t: Text) -> Iterator[Block]:
    if sentences := list(corrections(told.post, told.lines, t)):
        yield b.context("\n".join(sentences))


def _retired(told: Told, t: Text) -> Iterator[Block]:
    """What is left out since nobody keeps it any more."""
    if told.retired:
        yield b.context(_gone(told, t))


def _gone(told: Told, t: Text) -> str:
    named = ", ".join(escape(one) for one in told.retired)
    return t("Retired, and not told any more: {metrics}", metrics=named)


def corrections(post: Post | None, lines: Iterable[Line], t: Text) -> Iterator[str]:
    """What was told at first, and what is right: both stay."""
    if post is None or post.corrected_at is None:
        return
    day = t.day(day_of(post.corrected_at, t.zone))
    for one in lines:
        if one.metric.key in post.corrected:
            amount, p90 = post.told[one.metric.key]
            was = amounts.show(Value(amount, p90=p90), one.metric, t)
            now = amounts.show(one.value, one.metric, t)
            if was != now:
                yield t(
                    "Corrected on {day}: {metric} was {was}, is {now}.",
                    day=day,
                    metric=amounts.name(one.metric, t),
                    was=was,
                    now=now,
                )


def _parts(parts: Sequence[str], more: int, t: Text) -> Iterator[Block]:
    """As many lines to a section as it holds."""
    held = ""
    for line in parts:
        if held and len(held) + len(line) + 1 > SECTION:
            yield b.section(held)
            held = ""
        held = f"{held}\n{line}" if held else line
    if held:
        yield b.section(held)
    if more:
        yield b.context(t.n("and {count} more", "and {count} more", more))


def _part(part: Part, t: Text) -> str:
    name = mention(part.person_id) if part.person_id else f"*{escape(part.name)}*"
    known = [line_views.brief(one, t) for one in part.lines if one.is_known]
    told = " · ".join(known) or t("no data")
    return f"{name}: {told}"


def _chart(told: Told, t: Text) -> list[Block]:
    return chart(told.series, t) if told.series and told.lines else []


def _buttons(told: Told, t: Text) -> Iterator[Block]:
    """What each number means is said by the name that one chooses."""
    if told.is_theirs_to_stop and told.reader_id in told.digest.stopped:
        yield b.context(t("You have stopped this digest for yourself. What it told stays here."))
    if found := [*_looking(told, t), *_stopping(told, t)]:
        yield b.actions(*found)


def _looking(told: Told, t: Text) -> Iterator[Block]:
    if not told.lines:
        return
    if told.digest.choice.about is not About.PERSON:
        yield b.button(t("Details"), ids.TEAM_OPEN, told.digest.team_id)
        yield from _file(told, t)
    options = [b.option(amounts.bare_name(one.metric, t), one.metric.key) for one in told.lines]
    yield b.select(options, placeholder=t("What does it mean?"), action_id=ids.DEFINE)


def _stopping(told: Told, t: Text) -> Iterator[Block]:
    """For who gets it privately; nobody else hears of it."""
    if told.post and told.is_theirs_to_stop:
        yield want(told.digest, told.reader_id, f"{told.digest.id}:{told.post.id}", t)


def want(digest: Digest, reader_id: str, value: str, t: Text, mark: str = "") -> Block:
    """The button with which a reader stops it for themselves, or has it again. `mark` tells it from others beside it."""
    if reader_id in digest.stopped:
        label = b.shorten(t("Send me {name} again", name=digest.name), b.BUTTON_LIMIT)
        words = t("Send it to me again")
        return b.button(words, f"{ids.DIGEST_WANT}{mark}", value, accessibility_label=label)
    label = b.shorten(t("Stop sending me {name}", name=digest.name), b.BUTTON_LIMIT)
    words = t("Stop sending me this")
    return b.button(words, f"{ids.DIGEST_STOP}{mark}", value, accessibility_label=label)


def _file(told: Told, t: Text) -> Iterator[Block]:
    """Whoever reads it in a channel gets it with a click, with what they may see themselves."""
    if told.digest.choice.has_workbook and told.digest.channel:
        asked = workbook(told.digest, told.period)
        yield b.button(t("Send me as Excel"), EXPORT, asked.packed())


def _text(told: Told, t: Text) -> str:
    """All of it in plain lines, as a screen reader reads it."""
    said = [escape(told.digest.name), *_facts(told, t)]
    if told.is_test:
        said.insert(0, t("A test: only you see it."))
    if told.lines:
        said += [line_views.plain(told.lines, t), *corrections(told.post, told.lines, t)]
    elif not told.retired:
        said.append(_counting(t))
    if told.retired:
        said.append(_gone(told, t))
    said += [_part(one, t) for one in [*told.teams, *told.people][:PARTS_SHOWN]]
    if told.series and told.lines:
        said.append(in_words(told.series, t))
    return b.shorten("\n".join(said), TEXT_LIMIT)
