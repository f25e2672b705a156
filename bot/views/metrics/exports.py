"""The form in which somebody asks for the Excel file with numbers: of which teams, days and metrics, and told apart by what."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.digest.monthly import USUAL
from bot.rules.metrics.look.sheets import SheetKey
from bot.rules.reports import Choice, Named
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import amounts, ids
from bot.views.metrics.sheets import NAMES
from bot.views.reports.form import OPTIONS, days, team_options

CHOSEN = [one for one in SheetKey if one is not SheetKey.TOTALS]
WHOSE = _(
    "The numbers of single people are in it only if you lead them, or are one of them. “Totals” is always in it."
)


def form(
    teams: Sequence[Team], metrics: Sequence[Metric], team_id: str, today: date, t: Text
) -> Block:
    """`team_id` is the team that was looked at, if any. `today` is the reader's."""
    sheets = [b.option(t(NAMES[one]), one.value) for one in CHOSEN]
    ticked = [one.value for one in CHOSEN if one not in USUAL.no_sheets]
    fields = [
        *_teams(teams, team_id, t),
        *days(t, today, Named.LAST_MONTH),
        _metrics(metrics, t),
        b.field("sheets", t("Sheets"), b.checkboxes(sheets, ticked), optional=True),
        b.context(t(WHOSE)),
    ]
    return b.modal(
        ids.EXPORT_FORM, t("Excel file"), fields, submit=t("Send it to me"), close=t("Cancel")
    )


def chosen(held: Mapping[str, Sequence[str] | str | None]) -> Choice:
    """What the form holds. No metrics are all."""
    ticked = held.get("sheets") or ()
    return Choice(
        kinds=tuple(held.get("metrics") or ()),
        no_sheets=tuple(one.value for one in CHOSEN if one.value not in ticked),
    )


def _teams(teams: Sequence[Team], team_id: str, t: Text) -> list[Block]:
    """Who sees one team is not asked which."""
    if len(teams) < 2:
        return []
    options = team_options(teams)
    element: Block = {
        "type": "multi_static_select",
        "options": options,
        "placeholder": b.plain(t("All my teams"), 150),
    }
    if initial := [one for one in options if one["value"] == team_id]:
        element["initial_options"] = initial
    hint = t("Leave it empty for all whose numbers you see.")
    return [b.field("teams", t("Teams"), element, hint=hint, optional=True)]


def _metrics(metrics: Sequence[Metric], t: Text) -> Block:
    options = [b.option(amounts.bare_name(one, t), one.key) for one in metrics]
    element: Block = {
        "type": "multi_static_select",
        "options": options[:OPTIONS],
        "placeholder": b.plain(t("All that there are"), 150),
    }
    hint = t("Leave it empty for all.")
    return b.field("metrics", t("Which numbers"), element, hint=hint, optional=True)
