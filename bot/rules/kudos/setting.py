"""What a team decides about kudos, as somebody filled it in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.errors import Refused
from bot.rules.calendars import WEEKDAYS
from bot.rules.kudos.settings import KudosSettings
from bot.rules.teams import Team
from bot.text import _

VALUES_AT_MOST = 12
VALUE_LIMIT = 20
"""Charts have no room for more."""
DAY_AT_MOST, PAIR_AT_MOST, WEEKS_AT_MOST = 50, 20, 52
NEVER = "never"
EMOJI = re.compile(r"[\w+'-]{1,100}")


@dataclass(frozen=True, slots=True)
class SettingsDraft:
    """`values` are typed, one on each line. `digest_day` is a weekday's short name, or `NEVER`. What is None was left empty."""

    values: str = ""
    emoji: str = ""
    per_day: int | None = None
    per_pair: int | None = None
    digest_day: str = NEVER
    digest_at: time | None = None
    has_wall: bool = False
    has_leaderboard: bool = False
    quiet_weeks: int | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The values, each once however it is written."""
        lines = (" ".join(line.split()) for line in self.values.splitlines())
        found: dict[str, str] = {}
        for one in lines:
            found.setdefault(one.casefold(), one)
        return tuple(one for one in found.values() if one)

    @property
    def emoji_name(self) -> str:
        """Without colons and without a skin's tone."""
        return self.emoji.strip().strip(":").partition("::")[0]

    def over(self, settings: KudosSettings, team: Team) -> KudosSettings:
        """Those settings with these in their place. Who changes nothing about the shipped values keeps them in every language."""
        shipped = replace(settings, values=()).values_in(team.language)
        day = None if self.digest_day == NEVER else WEEKDAYS.index(self.digest_day)
        return replace(
            settings,
            values=() if self.named == shipped else self.named,
            emoji=self.emoji_name,
            per_day=self.per_day or settings.per_day,
            per_pair=self.per_pair or settings.per_pair,
            digest_day=day,
            digest_at=self.digest_at or settings.digest_at,
            has_wall=self.has_wall,
            has_leaderboard=self.has_leaderboard,
            quiet_weeks=self.quiet_weeks or settings.quiet_weeks,
        )


def problems(draft: SettingsDraft) -> dict[str, Refused]:
    """One refusal per field that needs another look."""
    found = {
        "values": _values_problem(draft.named),
        "emoji": _emoji_problem(draft.emoji_name),
        "per_day": _number_problem(draft.per_day, DAY_AT_MOST),
        "per_pair": _number_problem(draft.per_pair, PAIR_AT_MOST),
        "digest_day": None
        if draft.digest_day in {NEVER, *WEEKDAYS}
        else Refused(_("Please choose a day, or never.")),
        "digest_at": Refused(_("Please choose a time.")) if draft.digest_at is None else None,
        "quiet_weeks": _number_problem(draft.quiet_weeks, WEEKS_AT_MOST),
    }
    return {name: problem for name, problem in found.items() if problem}


def _values_problem(values: Sequence[str]) -> Refused | None:
    if not values:
        return Refused(_("A team needs at least one value, such as Teamwork."))
    if len(values) > VALUES_AT_MOST:
        return Refused(_("Please keep it to {limit} values."), limit=VALUES_AT_MOST)
    if long := next((one for one in values if len(one) > VALUE_LIMIT), ""):
        refusal = _("“{value}” is longer than {limit} characters. Charts have no room for more.")
        return Refused(refusal, value=long, limit=VALUE_LIMIT)
    return None


def _emoji_problem(name: str) -> Refused | None:
    if not name or EMOJI.fullmatch(name):
        return None
    return Refused(
        _("Please type an emoji's name, such as tada; you see it when you point at one.")
    )


def _number_problem(number: int | None, most: int) -> Refused | None:
    if number is not None and 1 <= number <= most:
        return None
    return Refused(_("Please type a whole number from 1 to {limit}."), limit=most)
