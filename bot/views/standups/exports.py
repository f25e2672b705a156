"""The form in which a lead asks for the Excel file: which of their teams, and which days."""

from collections.abc import Sequence
from datetime import date

from bot.rules.reports import Named
from bot.rules.teams import Team
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.reports.form import days, led_teams
from bot.views.standups import ids


def form(teams: Sequence[Team], today: date, t: Text) -> Block:
    """Who leads one team is not asked which."""
    fields = [*led_teams(teams, t), *days(t, today, Named.THIS_MONTH)]
    fields.append(
        b.context(t("What people said of their mood is in it only of those who share it."))
    )
    return b.modal(
        ids.EXPORT_FORM,
        t("Excel file"),
        fields,
        submit=t("Send it to me"),
        close=t("Cancel"),
    )
