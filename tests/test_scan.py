"""The scan finds what it looks for: in every disguise, in both databases, in the clear where it must never be."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable

import pytest
from sqlalchemy import update

from bot.rules.coaching import State
from storage.coaching.rows import NoteRow
from storage.database import Database
from storage.outbox import Note, say
from tests import notes
from tests.cast import BOB, NOON, WORKSPACE
from tests.scan import Scan
from tests.services.floor import furnish

MARKER = "Nachtigall07Соловей"


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("after", ["", "z", "yz"])
@pytest.mark.parametrize(
    "disguise",
    [
        str.encode,
        lambda words: words.encode("utf-16"),
        lambda words: words.encode("utf-16-be"),
        lambda words: json.dumps({"a": words}).encode(),
        lambda words: b64encode(words.encode()),
        lambda words: urlsafe_b64encode(words.encode()),
        lambda words: b64encode(words.encode("utf-16-le")),
        lambda words: words.encode().hex().encode(),
        lambda words: words.encode().hex().upper().encode(),
    ],
)
def test_no_disguise_helps(before: str, after: str, disguise: Callable[[str], bytes]) -> None:
    scan = Scan([MARKER])
    scan.look("here", b"\0\1" + disguise(before + MARKER + after) + b"\2")
    assert scan.found


def test_what_is_not_there_is_not_found() -> None:
    scan = Scan([MARKER])
    scan.look("here", b"Nachtigall08" + b64encode("Соловей".encode()) + bytes(range(256)))
    assert scan.found == []


async def test_a_sealed_note_is_not_found_and_one_in_the_clear_is(db: Database) -> None:
    await furnish(db)
    body = notes.BODY
    sealed = Scan([*body.parts.values()])
    note = await notes.keep(db, State.SHARED)
    assert await sealed.look_into(db) > 1000
    assert sealed.found == []

    clear = Scan([MARKER])
    async with db.write(WORKSPACE) as tx:
        await tx.execute(update(NoteRow).where(NoteRow.id == note.id).values(body=MARKER.encode()))
    await clear.look_into(db)
    assert any("the table coaching_notes" in one for one in clear.found)
    if db.is_sqlite:
        assert any(".db-wal" in one for one in clear.found)


async def test_so_is_one_that_waits_in_the_outbox(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await say(tx, Note("said", BOB.id, "Look", [{"text": MARKER}]), now=NOON)
    scan = Scan([MARKER])
    await scan.look_into(db)
    assert any("the table outbox" in one for one in scan.found)


@pytest.mark.parametrize(
    ("body", "is_found"),
    [
        ({"text": f"Look: {MARKER}"}, True),
        ({"blocks": [{"text": {"text": MARKER}}]}, True),
        ({"blocks": json.dumps([{"text": {"text": MARKER}}])}, True),
        ({"view": {"blocks": [{"text": {"text": MARKER}}]}}, False),
        ({"view": json.dumps({"blocks": [{"text": {"text": MARKER}}]})}, False),
        ({"view": {"private_metadata": MARKER}}, True),
        ({"view": json.dumps({"private_metadata": json.dumps({"sought": MARKER})})}, True),
        ({"response_action": "errors", "errors": {"words": MARKER}}, True),
    ],
)
def test_only_what_a_modal_shows_may_hold_it(body: object, *, is_found: bool) -> None:
    scan = Scan([MARKER])
    scan.look_at_call("a call", body)
    assert bool(scan.found) is is_found
