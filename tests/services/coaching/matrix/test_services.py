"""The services, cell by cell against the promise: what is promised works, and what is not leaves nothing behind."""

from collections.abc import Iterator
from itertools import islice
from random import Random

import pytest

from bot.errors import Refused
from bot.people import Person
from storage.database import Database
from tests.conftest import KEYS
from tests.patience import PATIENT
from tests.services.coaching.matrix import rules
from tests.services.coaching.matrix.acts import ACTS
from tests.services.coaching.matrix.rules import Asked
from tests.services.coaching.matrix.scene import ASKING, Rehearsal, Scene, Told, furnish

OF_EACH = 22
Cell = tuple[Person, Told, bool]


async def tried(db: Rehearsal, asked: Asked, person: Person, told: Told) -> bool:
    """Whether it works. A refusal must not have kept anything."""
    db.kept = 0
    try:
        await ACTS[asked](db, person, told)
    except Refused:
        assert db.kept == 0, f"{person.name} was refused, and something was kept"
        return False
    assert db.kept > 0, f"{person.name} did something, and nothing was kept of it"
    return True


def cells(scene: Scene, asked: Asked) -> Iterator[Cell]:
    """Some that work, some of people who are something to the note, and some of anybody: the same in every run."""
    chance = Random(asked)  # noqa: S311 - a test that can be repeated
    every = [(person, told) for person in ASKING for told in scene.notes]
    chance.shuffle(every)
    found: dict[str, list[Cell]] = {"works": [], "near": [], "far": []}
    for person, told in every:
        who = scene.who(person, told)
        works = rules.works(who, asked, told.about)
        is_near = who.is_author or who.is_agent or who.is_decider or who.leads
        found["works" if works else "near" if is_near else "far"].append((person, told, works))
    for some in found.values():
        yield from islice(some, OF_EACH)


@pytest.mark.timeout(240)
async def test_everything_that_can_be_done(database_url: str) -> None:
    furnishing, rehearsing = (
        Database(database_url, PATIENT, keys=KEYS),
        Rehearsal(database_url, PATIENT, keys=KEYS),
    )
    scene = await furnish(furnishing)
    differing, count = [], 0
    for asked in ACTS:
        for person, told, works in cells(scene, asked):
            count += 1
            if await tried(rehearsing, asked, person, told) is not works:
                differing.append(f"{person.name} {asked} [{told.name}]: promised {works}")
    await furnishing.close()
    await rehearsing.close()
    assert not differing
    assert count > 700


def test_the_services_can_be_asked_everything() -> None:
    assert set(ACTS) == set(Asked) - {Asked.EXPORT, Asked.FIND, Asked.TOLD_OF_LOOKS}
