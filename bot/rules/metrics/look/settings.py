"""What a team decides about its numbers."""

from dataclasses import dataclass

MINIMUM_N = 10
FEWEST_N, MOST_N = 5, 1_000


@dataclass(frozen=True, slots=True)
class MetricSettings:
    """`has_ranking` lets leads see their people in order, which is off until they choose it.

    With fewer than `minimum_n` a number is shown with how many it is of, and neither ranked nor judged.
    """

    workspace_id: str
    team_id: str
    has_ranking: bool = False
    minimum_n: int = MINIMUM_N
    version: int = 0
