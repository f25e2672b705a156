"""A team's numbers and one person's: their lines, one of them as a chart, and whom they are shown to."""

from collections.abc import Iterator

from bot.rules.metrics.look.looked import Overview
from bot.rules.metrics.look.looks import METRICS_ON_A_PAGE, View
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import controls
from bot.views.metrics.charts import chart
from bot.views.metrics.lines import blocks as lines
from bot.views.metrics.lines import plain
from bot.views.metrics.screens import Screen
from bot.views.reports import words

READERS = 20
LINES = 6_000
"""Characters of the lines: a message also has a chart, and the chart in words."""


def overview(seen: Overview, t: Text) -> Screen:
    """What `/metrics` shows, and with a person what `/metrics me` does."""
    is_person = seen.look.view is View.PERSON
    title = t("Numbers of a person") if is_person else t("Numbers")
    blocks = [
        b.header(_title(seen, t)),
        controls.period(seen.period, t, _together(seen, t)),
        controls.choices(seen.look, *_selects(seen, t)),
        *(_numbers(seen, t) if seen.metrics else _nothing(seen, t)),
        *controls.steps(seen.look, len(seen.metrics), METRICS_ON_A_PAGE, t, _newest(seen)),
        *controls.ways(seen.standing, seen.look, t),
    ]
    if is_person:
        blocks.append(b.context(_readers(seen, t)))
    text = "\n".join((_title(seen, t), words.period(seen.period, t), plain(seen.lines, t)))
    return Screen(title, b.shorten(text.strip(), 3000), blocks)


def _title(seen: Overview, t: Text) -> str:
    if seen.standing:
        return t("{team}: numbers", team=seen.standing.team.name)
    return t("Your own numbers") if not seen.look.person_id else t("Numbers of one person")


def _together(seen: Overview, t: Text) -> str:
    if seen.standing and seen.standing.together > 1:
        return t.n("{count} team together", "{count} teams together", seen.standing.together)
    return ""


def _selects(seen: Overview, t: Text) -> Iterator[Block | None]:
    if seen.standing:
        yield controls.teams(seen.standing)
    yield controls.cadences(seen.look, t)
    yield controls.metrics(seen.metrics, seen.look, t)


def _numbers(seen: Overview, t: Text) -> Iterator[Block]:
    if seen.look.person_id:
        yield b.section(mention(seen.look.person_id))
    yield from _freshness(seen, t)
    yield from lines(seen.lines, t, limit=LINES)
    if seen.series:
        yield from chart(seen.series, t)


def _freshness(seen: Overview, t: Text) -> Iterator[Block]:
    """How old the newest number is, where it is older than the days that are shown."""
    if seen.newest and seen.newest < seen.period.last:
        yield b.context(t("The newest numbers are of {day}.", day=t.day(seen.newest)))
    if seen.is_counting:
        yield b.context(t("New numbers have just come in. They are in what you see here already."))


def _newest(seen: Overview) -> int:
    """How many periods before these the newest numbers are."""
    return seen.look.periods_to(seen.newest, seen.period) if seen.newest else 0


def _nothing(seen: Overview, t: Text) -> Iterator[Block]:
    """What to do, as long as there is nothing to see."""
    yield from _freshness(seen, t)
    if seen.look.person_id:
        yield b.section(
            t(
                "There are no numbers of {person} of these days.",
                person=mention(seen.look.person_id),
            )
        )
    elif seen.look.view is View.PERSON:
        yield b.section(_nothing_of_mine(seen, t))
    elif seen.newest:
        yield b.section(
            t("There are no numbers of these days. Look at the newest, or bring in a newer file.")
        )
    else:
        yield b.section("\n".join(_first_use(seen, t)))


def _nothing_of_mine(seen: Overview, t: Text) -> str:
    if seen.is_linked:
        return t("There are no numbers of yours of these days.")
    return t(
        "No numbers are known to be yours yet. They come when somebody brings in a file with your name in it; "
        "if your name is written in another way there, your lead can say that it is you."
    )


def _first_use(seen: Overview, t: Text) -> Iterator[str]:
    yield t("*There are no numbers yet.* This is how they come:")
    if seen.standing and seen.standing.may_import:
        yield t(
            "• Drop a CSV or Excel file from your help desk or phone system here, in Baton's own messages."
        )
    else:
        yield t(
            "• Those who lead {team} can drop a CSV or Excel file in Baton's messages.",
            team=escape(_team(seen)),
        )
    yield t(
        "• Baton's own numbers come by themselves: escalations, handovers, stand-ups and kudos."
    )


def _team(seen: Overview) -> str:
    return seen.standing.team.name if seen.standing else ""


def _readers(seen: Overview, t: Text) -> str:
    """Who else sees somebody's numbers."""
    if not seen.readers:
        return t("Nobody else sees these numbers.")
    named = ", ".join(mention(one) for one in seen.readers[:READERS])
    if more := len(seen.readers[READERS:]):
        named = f"{named}, {t.n('and {count} more', 'and {count} more', more)}"
    if seen.look.person_id:
        them = mention(seen.look.person_id)
        return t("Besides {person}, only these see them: {people}", person=them, people=named)
    return t("Besides you, only these see them: {people}", people=named)
