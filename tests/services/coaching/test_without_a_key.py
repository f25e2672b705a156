"""Baton without a key: nobody is let into a form whose words could not be kept, and everything else works."""

from collections.abc import AsyncIterator

import pytest

from bot.errors import Denied, Refused
from bot.services.coaching import inbox, my_data, opening, writing
from storage.database import Database
from tests import casebook
from tests.cast import ALICE, BOB, DAN, NOON
from tests.patience import PATIENT
from tests.services.coaching.drafting import DRAFT


@pytest.fixture
async def bare(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, PATIENT)
    await casebook.set_up(database)
    yield database
    await database.close()


async def test_the_form_says_what_is_missing_before_anybody_types(bare: Database) -> None:
    for opened in (opening.open_for, opening.open_form):
        with pytest.raises(Refused, match="Whoever runs Baton sets ENCRYPTION_KEYS"):
            await opened(bare, BOB, ALICE.id)
    with pytest.raises(Denied):  # who may not coach hears that first
        await opening.open_for(bare, BOB, DAN.id)


async def test_what_is_sent_all_the_same_is_not_kept(bare: Database) -> None:
    with pytest.raises(Refused, match="ENCRYPTION_KEYS"):
        await writing.save(bare, BOB, DRAFT, key="k", now=NOON)


async def test_what_needs_no_key_works(bare: Database) -> None:
    await inbox.see(bare, BOB, now=NOON)
    await my_data.see(bare, BOB)
    await casebook.claimed(bare)
