"""The form of what a team decides about its numbers."""

import json

from bot.rules.metrics.look.settings import FEWEST_N, MOST_N, MetricSettings
from bot.rules.teams import Team
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids

RANKING = "ranking"


def settings_form(team: Team, settings: MetricSettings, t: Text) -> Block:
    """With what counts now, and the way to what else is set for a team's numbers."""
    ranking = b.option(
        t("Those who lead may see people in order"),
        RANKING,
        t("Off at first: who fears a list hides cases."),
    )
    number = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": str(FEWEST_N),
        "max_value": str(MOST_N),
        "initial_value": str(settings.minimum_n),
    }
    blocks = [
        b.context(f"*{escape(team.name)}*"),
        b.actions(
            b.button(t("In detail"), ids.TEAM_OPEN, team.id),
            b.button(t("Whose names these are"), ids.NAMES_OPEN, team.id),
            b.button(t("Notes"), ids.NOTES_OPEN, team.id),
        ),
        b.field(
            "ranking",
            t("Order"),
            b.checkboxes([ranking], {RANKING} if settings.has_ranking else ()),
            hint=t(
                "People stand in alphabetical order otherwise. Nobody but those who lead them sees either."
            ),
            optional=True,
        ),
        b.field(
            "minimum_n",
            t("Too few to judge below"),
            number,
            hint=t(
                "With fewer contacts or answers a number is shown with how many it is of, and neither ranked nor judged."
            ),
        ),
    ]
    return b.modal(
        ids.SETTINGS_FORM,
        t("Numbers"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps({"team": team.id, "version": settings.version}),
    )


def carried(metadata: str) -> tuple[str, int]:
    """The team, and the version of its settings that the form showed."""
    found = json.loads(metadata)
    return str(found["team"]), int(found["version"])
