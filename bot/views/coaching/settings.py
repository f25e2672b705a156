"""The form of a team's coaching: its skills, one per line, and after how long leads are told of who had no note."""

import json

from bot.rules.coaching.settings import (
    MOST_SKILLS,
    MOST_WEEKS,
    SKILL_MAX,
    CoachingSettings,
)
from bot.rules.teams import Team
from bot.text import Text, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids


def settings_form(team: Team, settings: CoachingSettings, t: Text) -> Block:
    weeks: Block = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "0",
        "max_value": str(MOST_WEEKS),
        "initial_value": str(settings.quiet_weeks),
    }
    skills = b.text_input(
        multiline=True,
        initial="\n".join(settings.offered(team.language)),
        max_length=MOST_SKILLS * (SKILL_MAX + 1),
    )
    return b.modal(
        ids.SETTINGS_FORM,
        t("Coaching"),
        [
            b.context(f"*{escape(team.name)}*"),
            b.field(
                "skills",
                t("Skills that notes are about"),
                skills,
                hint=t("One per line, {count} at most. Empty: the usual list.", count=MOST_SKILLS),
                optional=True,
            ),
            b.field(
                "quiet_weeks",
                t("Tell leads who had no note for so many weeks"),
                weeks,
                hint=t("Only in their own `/coach`. 0: never."),
            ),
        ],
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps({"team": team.id, "version": settings.version}),
    )


def carried(metadata: str) -> tuple[str, int]:
    """The team that a form was opened for, and the version of its settings that was seen."""
    held = json.loads(metadata)
    return str(held["team"]), int(held["version"])
