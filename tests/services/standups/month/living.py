"""Living something through Baton's services, and holding all that it said against what the oracle says."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from storage.database import Database
from tests.services.standups.month.month import Month
from tests.services.standups.month.oracle import Oracle
from tests.services.standups.month.rounds import Said
from tests.services.standups.month.rows import furnish
from tests.services.standups.month.stage import Stage
from tests.services.standups.month.world import World


def differences(expected: list[Said], found: list[Said]) -> list[str]:
    """A line for each thing that was said and should not have been (+), or the reverse (-), in order of time."""
    lines = [(one, "-") for one in expected if one not in found]
    lines += [(one, "+") for one in found if one not in expected]
    lines += [(one, "twice") for one, same in groupby(sorted(found)) if len(list(same)) > 1]
    return [
        f"{mark} {one.at:%a %d %H:%M} {one.kind} {one.standup} of {one.opens:%a %d %H:%M}: {one.who}"
        for one, mark in sorted(lines)
    ]


async def lived(db: Database, there: Month, fresh: World) -> None:
    """The oracle changes its world as it goes, so Baton begins with another one."""
    oracle = Oracle(there.world, there.script, there.habits, there.down)
    oracle.run(there.start, there.end)
    stage = Stage(db, there.down)
    await furnish(db, fresh, now=there.start)
    await stage.run(oracle.acts, there.start, there.end)
    assert not differences(oracle.said, stage.said)
    assert as_groups(stage.messages) == as_groups(oracle.messages)


def as_groups(messages: Mapping[tuple[str, Any], set[tuple[str, datetime]]]) -> set[object]:
    """Who was asked what together. How a message is called is Baton's own affair."""
    return {(person, frozenset(asked)) for (person, _name), asked in messages.items()}
