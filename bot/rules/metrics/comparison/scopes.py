"""Whose numbers are meant: a team's, those of several together, or one person's in them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The parts of all these teams are added up. With `person_id`, a Slack id, only what that person did in them."""

    team_ids: tuple[str, ...]
    person_id: str = ""
