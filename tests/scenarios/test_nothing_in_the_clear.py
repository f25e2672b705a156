"""A story with a word of its own in every field of coaching, and then a search for those words wherever they must not be."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from sandbox.driver.people import Actor
from storage import coaching
from storage.coaching import lists
from storage.database import Database
from storage.sealing import Keys, Place
from tests import cast
from tests.scan import Scan
from tests.scenarios.conftest import BOTH_WAYS
from tests.scenarios.escalating import told
from tests.scenarios.stage import Stage
from tests.written import log_written

FIELDS = (
    *("situation", "behaviour", "impact", "edited", "evidence", "theirs", "theirs_too", "mine"),
    *("acknowledged", "comment", "dispute", "decision", "amendment", "broken", "refused", "sought"),
)
MARKERS = {field: f"Nachtigall{number:02}Соловей" for number, field in enumerate(FIELDS, 10)}
M = MARKERS


class Breaking(Keys):
    """Keys that break while something is sealed, and say what it was: no such message may be kept."""

    def seal(self, text: str, place: Place) -> bytes:
        raise ZeroDivisionError(f"{place.column}: {text}")


@pytest.mark.parametrize("stage", BOTH_WAYS, indirect=True)
async def test_nothing_that_is_said_in_coaching_is_anywhere_in_the_clear(stage: Stage) -> None:
    scan = Scan(list(MARKERS.values()))
    with log_written("debug", "json") as log:
        await live(stage)
        logged = log.getvalue()

    assert "ZeroDivisionError" in logged
    scan.look_at_texts("the log", [logged])
    assert await scan.look_into(stage.baton.db) > 10_000
    scan.look_at_calls(stage.slack)
    assert scan.found == []
    assert await said_in_all(stage) == {M[one] for one in FIELDS if one not in NOT_KEPT}


NOT_KEPT = {"behaviour", "broken", "refused", "sought"}
"""What was typed over, what failed, and what was looked for."""


async def said_in_all(stage: Stage) -> set[str]:
    """The words that were kept after all, so that the search was for something that is there."""
    db: Database = stage.baton.db
    alice = stage.person("alice").id
    found = []
    async with db.read(cast.WORKSPACE) as tx:
        for light in (await lists.shared_with(tx, alice, offset=0, limit=9)).notes:
            one = await coaching.get(tx, light.id)
            found += [*one.body.parts.values(), *(each.label for each in one.body.evidence)]
            found += [each.words for each in await coaching.entries_of(tx, one.id)]
            found += [each.words for each in await coaching.commitments_of(tx, one.id)]
    return {marker for marker in M.values() if any(marker in words for words in found)}


async def live(stage: Stage) -> None:
    alice, bob, mara = (stage.person(name) for name in ("alice", "bob", "mara"))
    await bob_writes(stage, bob)
    await bob_edits_and_shares(bob)
    await alice_answers(stage, alice)
    await mara_decides(stage, mara)
    await bob_adds(stage, bob)
    await time_passes(stage, alice, bob)
    await people_look(alice, bob, mara)
    await alice_searches(alice)
    await bob_takes_it_along(stage, bob)


async def bob_writes(stage: Stage, bob: Actor) -> None:
    """The first time it breaks in the middle, with his words in the exception."""
    due = stage.clock.now().date() + timedelta(days=2)
    assert (await bob.slash("/coach", "@alice")).ok
    await bob.select(bob.modal, "What kind of note?", "Praise")
    typed: dict[str, object] = {
        "Situation": M["situation"],
        "Behaviour": M["broken"],
        "Impact": M["impact"],
        "What is it about?": M["evidence"],
        "What the agent will do": M["theirs"],
        "What else the agent will do": M["theirs_too"],
        "What you will do to help": M["mine"],
        "When do you want to come back to it?": due,
        "Who may read it?": "The agent and the managers above, once you share it",
    }
    assert not (await bob.fill(typed).submit()).ok  # the days are missing
    for number in range(3):
        await bob.select(bob.modal, "By when?", due, number)
    keys, stage.baton.db.keys = stage.baton.db.keys, Breaking(b"k" * 32)
    await bob.modal.submit()
    assert "Something broke on our side" in bob.modal.text
    stage.baton.db.keys = keys
    await bob.modal.close()
    assert (await bob.fill({"Behaviour": M["behaviour"]}).submit()).ok
    assert M["theirs"] in bob.modal.text


async def bob_edits_and_shares(bob: Actor) -> None:
    await bob.click(bob.modal, "Edit")
    assert (await bob.fill({"Behaviour": M["edited"]}).submit()).ok
    assert M["edited"] in bob.modal.text
    await bob.click(bob.modal, "Share")
    assert "Shared with" in bob.modal.text


async def alice_answers(stage: Stage, alice: Actor) -> None:
    await alice.click(await told(stage, alice, "has shared a coaching note"), "Read the note")
    await alice.click(alice.modal, "I have read it, and say something")
    assert (await alice.fill({"What do you want to say to it?": M["acknowledged"]}).submit()).ok
    await alice.click(alice.modal, "Comment")
    assert (await alice.fill({"Your comment": M["comment"]}).submit()).ok
    await alice.click(alice.modal, "I see it differently")
    assert (await alice.fill({"What do you see differently?": M["dispute"]}).submit()).ok
    await alice.click(alice.modal, "Done")


async def mara_decides(stage: Stage, mara: Actor) -> None:
    await mara.click(await told(stage, mara, "you are asked to decide"), "Read the note")
    await mara.click(mara.modal, "Decide")
    assert not (await mara.fill({"Why?": M["refused"]}).submit()).ok  # no verdict is chosen
    verdict = "The author adds what was missing"
    assert (await mara.fill({"How do you decide?": verdict, "Why?": M["decision"]}).submit()).ok


async def bob_adds(stage: Stage, bob: Actor) -> None:
    await bob.click(await told(stage, bob, "asks you to add to it"), "Read the note")
    await bob.click(bob.modal, "Add to the note")
    missing = "What was missing, or is different?"
    assert (await bob.fill({missing: M["amendment"]}).submit()).ok


async def time_passes(stage: Stage, alice: Actor, bob: Actor) -> None:
    """Everybody is reminded of what they promised and wanted."""
    await stage.slack.clock.forward(days=2)
    for person in (alice, bob):
        await told(stage, person, "commitment")
    await told(stage, bob, "come back")


async def people_look(alice: Actor, bob: Actor, mara: Actor) -> None:
    """Lists and Home tabs; only modals show words."""
    for person in (alice, bob, mara):
        assert (await person.slash("/coach")).ok
        await person.opens_home()
        assert (await person.slash("/baton", "my-data")).ok


async def alice_searches(alice: Actor) -> None:
    await alice.slash("/coach", "search")
    await alice.fill({"Words in the note": M["sought"]}).submit()
    assert "Nothing found" in alice.modal.text
    await alice.fill({"Words in the note": M["situation"]}).submit()
    assert "Praise" in alice.modal.text


async def bob_takes_it_along(stage: Stage, bob: Actor) -> None:
    """The file is the one thing besides modals that says what was said."""
    await bob.slash("/coach", "export")
    await bob.modal.submit()
    [shown] = (await told(stage, bob, "The coaching notes from")).raw["files"]
    body = stage.slack.core.workspace.store.find_bytes(shown["id"])
    assert body
    sheet = load_workbook(BytesIO(body))["Notes"]
    assert any(M["situation"] in str(cell.value) for row in sheet for cell in row)
