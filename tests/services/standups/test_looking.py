"""A round by the clock: opened, asked, reminded, closed, each once."""

from bot.rules.standups import RoundState, SeatState
from storage.database import Database
from tests.cast import ALICE, BEN, BOB
from tests.services.floor import furnish
from tests.services.standups.clockwork import (
    HOUR,
    MINUTE,
    NINE,
    add,
    answer,
    asks,
    live,
    rounds,
    seats,
    states,
    the_round,
    told,
)


async def test_a_morning(db: Database) -> None:
    await furnish(db)
    await add(db)
    await live(db, NINE - MINUTE)
    assert not await rounds(db)
    await live(db, NINE)
    assert await asks(db) == sorted([ALICE.id, BEN.id, BOB.id])
    assert set((await states(db)).values()) == {SeatState.ASKED}
    await answer(db, BOB, now=NINE + MINUTE)
    await live(db, NINE + HOUR)
    assert await told(db, ALICE) == []
    await live(db, NINE + 97 * MINUTE)
    assert [len(await told(db, one)) for one in (ALICE, BEN, BOB)] == [1, 1, 0]
    assert (await seats(db))[ALICE.id].reminded_at == NINE + 96 * MINUTE
    await live(db, NINE + 2 * HOUR)
    one = await the_round(db)
    assert (one.state, one.closed_at) == (RoundState.CLOSED, NINE + 2 * HOUR)
    assert await states(db) == {
        ALICE.id: SeatState.SILENT,
        BEN.id: SeatState.SILENT,
        BOB.id: SeatState.ANSWERED,
    }
    assert len(await told(db, ALICE)) == 1
