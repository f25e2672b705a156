"""The form in which a lead asks for the Excel file: which of their teams, and which days."""

from collections.abc import Sequence
from datetime import date

from bot.rules.reports import Named
from bot.rules.teams import Team
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.reports.form import OPTIONS, days
from bot.views.standups import ids


def form(teams: Sequence[Team], today: date, t: Text) -> Block:
    """Who leads one team is not asked which."""
    fields = days(t, today, Named.THIS_MONTH)
    if len(teams) > 1:
        hint = t("Leave it empty for all that you lead.")
        chosen = b.field("teams", t("Teams"), _teams(teams, t), hint=hint, optional=True)
        fields = [chosen, *fields]
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


def _teams(teams: Sequence[Team], t: Text) -> Block:
    return {
        "type": "multi_static_select",
        "options": [b.option(one.name, one.id) for one in teams[:OPTIONS]],
        "placeholder": b.plain(t("All that I lead"), 150),
    }
