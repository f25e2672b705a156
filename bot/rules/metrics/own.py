"""Metrics of a workspace's own: a formula over parts that somebody wrote, and keeps."""

from dataclasses import dataclass

from bot.rules.metrics.registry import Direction, Metric, Unit

MOST = 50
"""Own metrics of one workspace, those that are retired among them: nobody finds their way among more."""


@dataclass(frozen=True, slots=True)
class Definition:
    """`id` is the metric's key. One that is retired stays, since digests and targets name it, but computes no more.

    `version` counts the edits, so that one form cannot silently undo another.
    """

    workspace_id: str
    id: str
    name: str
    words: str
    numerator: str
    denominator: str
    unit: Unit
    direction: Direction
    decimals: int
    owner_id: str
    is_retired: bool = False
    version: int = 1

    @property
    def team_id(self) -> str:
        """It holds for the workspace as a whole."""
        return ""

    @property
    def raised_by(self) -> str:
        return ""

    @property
    def metric(self) -> Metric:
        return Metric(
            self.id,
            self.name,
            self.words,
            self.unit,
            self.direction,
            self.numerator,
            self.denominator,
            decimals=self.decimals,
        )
