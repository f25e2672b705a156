"""The form in which a report is asked for: which teams, and which days."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.rules.reports import TEAMS_AT_MOST, Named
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.reports import ids

TWO_DAYS = "two_days"
"""The choice that the two pickers belong to."""
OPTIONS = 100

NAMES: Mapping[str, str] = {
    Named.THIS_WEEK: _("This week"),
    Named.LAST_WEEK: _("Last week"),
    Named.THIS_MONTH: _("This month"),
    Named.LAST_MONTH: _("Last month"),
    Named.THIS_QUARTER: _("This quarter"),
    Named.LAST_QUARTER: _("Last quarter"),
    TWO_DAYS: _("From one day to another"),
}


def form(t: Text, today: date, *, as_file: bool) -> Block:
    """To see the numbers, or to get them `as_file`. `today` is the reader's."""
    fields = _fields(t, today)
    if as_file:
        return b.modal(
            ids.EXPORT_FORM,
            t("Excel file"),
            fields,
            submit=t("Send it to me"),
            close=t("Cancel"),
        )
    return b.modal(ids.FORM, t("Report"), fields, submit=t("Show"), close=t("Cancel"))


def _fields(t: Text, today: date) -> list[Block]:
    return [
        b.field(
            "teams",
            t("Teams"),
            _teams(t),
            hint=t("Leave it empty for all teams whose escalations you may see."),
            optional=True,
        ),
        *days(t, today),
    ]


def days(t: Text, today: date, initial: Named = Named.LAST_WEEK) -> list[Block]:
    """The fields of a period: a name, or two days."""
    named = [b.option(t(label), value) for value, label in NAMES.items()]
    return [
        b.field("period", t("When"), b.select(named, initial=initial)),
        b.field("first", t("First day"), _day(today), hint=t(ONLY_THEN), optional=True),
        b.field("last", t("Last day"), _day(today), optional=True),
    ]


def led_teams(teams: Sequence[Team], t: Text) -> list[Block]:
    """Which of the teams that the reader leads; who leads one is not asked."""
    if len(teams) < 2:
        return []
    chosen = {
        "type": "multi_static_select",
        "options": [b.option(one.name, one.id) for one in teams[:OPTIONS]],
        "placeholder": b.plain(t("All that I lead"), 150),
    }
    hint = t("Leave it empty for all that you lead.")
    return [b.field("teams", t("Teams"), chosen, hint=hint, optional=True)]


def team_options(teams: Sequence[Team]) -> list[Block]:
    return [b.option(one.name, one.id) for one in teams[:OPTIONS]]


ONLY_THEN = _("The two days count only with “From one day to another”.")


def _teams(t: Text) -> Block:
    return {
        "type": "multi_external_select",
        "action_id": ids.FIND_TEAMS,
        "min_query_length": 0,
        "max_selected_items": TEAMS_AT_MOST,
        "placeholder": b.plain(t("All my teams"), 150),
    }


def _day(today: date) -> Block:
    return {"type": "datepicker", "initial_date": today.isoformat()}
