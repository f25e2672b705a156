"""The last sheet of a file that lists what happened in some teams on some days: who made it, of what, and what it means."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.people import Person
from bot.rules.reports import Asked
from bot.rules.reports.exports import MOST_ROWS
from bot.rules.teams import Team
from bot.text import Text
from bot.views.reports import told, words
from bot.views.reports.cells import Line, heading, line
from bot.views.reports.plain import on_the_wall


def about(
    asked: Asked,
    teams: Sequence[Team],
    person: Person,
    listed: tuple[str, int],
    definitions: Sequence[str],
    t: Text,
    *,
    now: datetime,
) -> Iterator[Line]:
    """`listed` is what is in the file, and how much; `definitions` are gettext ids."""
    what, count = listed
    yield line(t("Made for"), person.name)
    yield line(t("Made at"), on_the_wall(now, person.zone), person.zone)
    yield line(t("Teams"), ", ".join(one.name for one in teams))
    yield line(t("Days"), words.period(asked.period, t))
    yield line(what, count)
    if count > MOST_ROWS:
        yield line("", told.too_many(t, asked.about))
    yield Line()
    yield heading(t("What the file holds"))
    for one in definitions:
        yield line("", t(one))
