"""Keys on the command line: a new one, the change to it, and a start that is refused without those that are needed."""

import re
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.database import Database
from storage.sealing import Keys, new_key, read_keys
from tests import notes
from tests.conftest import FreshDatabase
from tests.patience import PATIENT
from tests.services.floor import furnish
from tests.test_cli import NOWHERE, TOKENS, Done, baton

OLD, NEW = new_key(), new_key()
[OLD_ID], [NEW_ID] = read_keys(OLD).ids, read_keys(NEW).ids


@pytest.fixture
async def url(database_url: str) -> str:
    """A database with a note and a commitment that are sealed with the old key."""
    db = Database(database_url, PATIENT, keys=read_keys(OLD))
    await furnish(db)
    await notes.promise(db, await notes.keep(db))
    await db.close()
    return make_url(database_url).render_as_string(hide_password=False)


async def ask(folder: Path, url: str, *arguments: str, keys: str = "") -> Done:
    given = TOKENS | NOWHERE | {"DATABASE_URL": url, "ENCRYPTION_KEYS": keys}
    done = await baton(folder, *arguments, **given)
    assert not [one for one in (OLD, NEW) if one in done.out + done.error]  # never shown
    return done


async def test_a_new_key_is_printed_alone_and_fits(tmp_path: Path) -> None:
    done = await baton(tmp_path, "new-key")

    assert re.fullmatch(r"\S+\n", done.out)
    assert len(read_keys(done.out).ids) == 1


async def test_keys_are_changed_and_the_old_one_taken_out(tmp_path: Path, url: str) -> None:
    done = await ask(tmp_path, url, "rotate-keys", keys=f"{NEW},{OLD}")
    assert (done.code, done.out.splitlines()) == (
        0,
        [
            "Sealed anew: 2",
            f"Key 2 in ENCRYPTION_KEYS ({OLD_ID}): can be taken out",
            f"Key 1 in ENCRYPTION_KEYS ({NEW_ID}): keep it, and a copy of it elsewhere",
        ],
    )
    checked = await ask(tmp_path, url, "check", keys=NEW)
    assert f"✓ Encryption: the key {NEW_ID} seals coaching notes; none is missing" in checked.out


async def test_a_start_without_the_key_is_one_line(tmp_path: Path, url: str) -> None:
    for keys in ("", NEW):
        for command in ("run", "restored", "rotate-keys"):
            if (keys, command) == ("", "rotate-keys"):
                continue
            done = await ask(tmp_path, url, command, keys=keys)
            assert done.code == 1
            assert done.line == (
                f"ENCRYPTION_KEYS lacks the key {OLD_ID}, with which coaching notes in the database are sealed. Put it "
                "back behind the newest one. If it is lost, docs/howto/encryption-keys.md says what can be done."
            )
    checked = await ask(tmp_path, url, "check", keys=NEW)
    assert f"✗ Encryption: ENCRYPTION_KEYS lacks the key {OLD_ID}, " in checked.out
    assert "→ Put it back behind the newest one." in checked.out


async def test_what_a_lost_key_sealed_is_given_up_only_on_the_operators_word(
    tmp_path: Path, url: str
) -> None:
    there = await ask(tmp_path, url, "rotate-keys", "--lost", OLD_ID, keys=f"{NEW},{OLD}")
    assert there.line == f"The key {OLD_ID} is in ENCRYPTION_KEYS, so it is not lost."
    unknown = await ask(tmp_path, url, "rotate-keys", "--lost", "0" * 16, keys=f"{NEW},{OLD}")
    assert unknown.line == f"Nothing is sealed with a key {'0' * 16}."

    done = await ask(tmp_path, url, "rotate-keys", "--lost", OLD_ID, keys=NEW)
    assert done.out.startswith("Sealed anew: 0\nEmptied, since their key is lost: 2\n")
    checked = await ask(tmp_path, url, "check", keys=NEW)
    assert "✓ Encryption: " in checked.out


async def test_without_keys_it_starts_and_says_that_there_is_no_coaching(
    tmp_path: Path, fresh_database: FreshDatabase
) -> None:
    url = await fresh_database("sqlite")
    nothing = await ask(tmp_path, url, "rotate-keys")
    assert nothing.line.startswith("ENCRYPTION_KEYS is empty.")
    for address in (url, "sqlite:///new.db"):
        checked = await ask(tmp_path, address, "check")
        assert "✓ Encryption: no key, so there are no coaching notes. To have them" in checked.out
    assert (await ask(tmp_path, url, "restored")).code == 0


async def test_a_wrong_key_is_one_line_that_does_not_repeat_it(
    tmp_path: Path, sqlite_url: str
) -> None:
    done = await ask(tmp_path, sqlite_url, "run", keys=f"{NEW}x")
    assert done.line.startswith("ENCRYPTION_KEYS is wrong: a key is 44 letters")


def test_ids_are_those_that_keys_have_of_themselves() -> None:
    assert read_keys(f"{NEW},{OLD}").ids == [NEW_ID, OLD_ID]
    assert not Keys()
