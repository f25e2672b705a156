"""Everything that a team's floor is made of for a stretch of time, so that it can be looked at in any moment of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.rules.absences import Absence
from bot.rules.policies.reaching import Scene
from bot.rules.shifts import Duties


@dataclass(frozen=True, slots=True)
class Floor:
    """`scene` holds what does not change with the time of day. The others cover the stretch that was asked for."""

    scene: Scene
    duties: Duties = field(default_factory=dict)
    absences: Sequence[Absence] = ()

    def at(self, moment: datetime, turns: Mapping[str, int] | None = None) -> Scene:
        """The floor in this moment, with these turns if they are others by then."""
        return replace(
            self.scene,
            on_shift=frozenset(
                person_id
                for person_id, spans in self.duties.items()
                if any(span.holds(moment) for span in spans)
            ),
            away=frozenset(one.person_id for one in self.absences if one.span.holds(moment)),
            turns=self.scene.turns if turns is None else turns,
        )
