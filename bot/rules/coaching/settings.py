"""What a team decides about coaching: the skills that notes are about, and when somebody has waited too long for one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import Refused
from bot.rules.escalations.words import clean
from bot.rules.teams import name_key
from bot.text import Text, _

SKILLS = (
    _("Greeting"),
    _("Listening"),
    _("Clear words"),
    _("Right questions"),
    _("Right solution"),
    _("Procedure"),
    _("Documentation"),
    _("Expectations"),
    _("Empathy"),
    _("Ownership"),
    _("Closing"),
)
"""Where a team has not said its own, in the team's language."""
MOST_SKILLS = 30
SKILL_MAX = 40
QUIET_WEEKS = 4
MOST_WEEKS = 26


@dataclass(frozen=True, slots=True)
class CoachingSettings:
    """`skills` are the team's own words; empty for `SKILLS`. After `quiet_weeks` without a note leads are told of somebody; 0 is never."""

    workspace_id: str
    team_id: str
    skills: tuple[str, ...] = ()
    quiet_weeks: int = QUIET_WEEKS
    version: int = 0

    @property
    def raised_by(self) -> str:
        return ""

    @property
    def owner_id(self) -> str | None:
        return None

    def offered(self, language: str) -> tuple[str, ...]:
        """The skills as they can be chosen, in the team's language."""
        t = Text(language)
        return self.skills or tuple(t(one) for one in SKILLS)


@dataclass(frozen=True, slots=True)
class SettingsDraft:
    """The form as it was filled in: one skill per line; `quiet_weeks` is None when it was no whole number."""

    skills: str = ""
    quiet_weeks: int | None = QUIET_WEEKS

    @property
    def listed(self) -> tuple[str, ...]:
        """Each skill once, whichever way it is written."""
        lines = [" ".join(clean(line).split()) for line in self.skills.splitlines()]
        return tuple({name_key(one): one for one in reversed(lines) if one}.values())[::-1]


def problems(draft: SettingsDraft) -> dict[str, Refused]:
    """One refusal per wrong field."""
    found: dict[str, Refused] = {}
    if refused := _wrong_skills(draft.listed):
        found["skills"] = refused
    if draft.quiet_weeks is None or not 0 <= draft.quiet_weeks <= MOST_WEEKS:
        found["quiet_weeks"] = Refused(
            _("Write a whole number of weeks, from 0 (never) to {most}."), most=MOST_WEEKS
        )
    return found


def _wrong_skills(skills: Sequence[str]) -> Refused | None:
    if len(skills) > MOST_SKILLS:
        return Refused(
            _("Please keep it to {limit} skills; there are {count}."),
            limit=MOST_SKILLS,
            count=len(skills),
        )
    long = [one for one in skills if len(one) > SKILL_MAX]
    if long:
        return Refused(_("Please keep each line under {limit} characters."), limit=SKILL_MAX + 1)
    return None
