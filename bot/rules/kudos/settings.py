"""What a team decides about kudos, and each person about their own."""

from dataclasses import dataclass
from datetime import date, time

from bot.text import Text, _

VALUES = (
    _("Customer first"),
    _("Teamwork"),
    _("Ownership"),
    _("Clarity"),
    _("Kindness"),
)
"""Where a team has not said its own, in the team's language."""
DEFAULT_EMOJI = "tada"


@dataclass(frozen=True, slots=True)
class KudosSettings:
    """`values` are the team's own words; empty for `VALUES`. `emoji` is a reaction's name without colons, or empty for none.

    Each person may thank `per_day` people a day, and the same one `per_pair` times a week. The digest comes on
    `digest_day` (0 is Monday; None for never) at `digest_at`, by the team's zone. `quiet_weeks` is after how long
    without any kudos leads are told of somebody.
    """

    workspace_id: str
    team_id: str
    values: tuple[str, ...] = ()
    emoji: str = DEFAULT_EMOJI
    per_day: int = 5
    per_pair: int = 2
    digest_day: int | None = 4
    digest_at: time = time(15, 0)
    has_wall: bool = True
    has_leaderboard: bool = False
    quiet_weeks: int = 6
    version: int = 0

    def values_in(self, language: str) -> tuple[str, ...]:
        """The team's own values, or those that ship, in this language."""
        t = Text(language)
        return self.values or tuple(t(one) for one in VALUES)

    @property
    def raised_by(self) -> str:
        return ""

    @property
    def owner_id(self) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Taste:
    """What one person likes. Not `in_public`: what others see of thanks to them is nothing.

    `started_on` is the day of their anniversary, and `celebrates` whether the team may hear of it.
    """

    workspace_id: str
    person_id: str
    in_public: bool = True
    started_on: date | None = None
    celebrates: bool = False
