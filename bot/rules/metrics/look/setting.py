"""What a team decides about its numbers, as somebody filled it in."""

from dataclasses import dataclass, replace

from bot.errors import Refused
from bot.rules.metrics.look.settings import FEWEST_N, MOST_N, MetricSettings
from bot.text import _

NO_N = _("Please type a whole number from {least} to {most}.")


@dataclass(frozen=True, slots=True)
class SettingsDraft:
    """`minimum_n` is None if what was typed is no number."""

    has_ranking: bool = False
    minimum_n: int | None = None

    def problems(self) -> dict[str, Refused]:
        """One refusal per field that needs another look."""
        if self.minimum_n is not None and FEWEST_N <= self.minimum_n <= MOST_N:
            return {}
        return {"minimum_n": Refused(NO_N, least=FEWEST_N, most=MOST_N)}

    def over(self, settings: MetricSettings) -> MetricSettings:
        minimum_n = self.minimum_n or settings.minimum_n
        return replace(settings, has_ranking=self.has_ranking, minimum_n=minimum_n)
