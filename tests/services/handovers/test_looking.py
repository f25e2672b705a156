"""Past handovers: in pages, cut to what the reader leads, with how they went."""

from datetime import timedelta

import pytest

from bot.errors import Denied
from bot.people import Person
from bot.rules import handovers as rules
from bot.rules.handovers import Draft, ItemDraft, ItemState
from bot.services import handovers as service
from bot.text import Text
from bot.views.handovers.history import A_PAGE, Scope, history, summary
from storage import escalations as stored
from storage import handovers
from storage.database import Database
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    STRANGER,
    WORKSPACE,
)
from tests.services.handovers import offers
from tests.services.handovers.offers import MINUTE


async def numbers(db: Database, person: Person, scope: Scope, page: int = 0) -> list[int]:
    found = await service.see_history(db, person, scope, page=page, now=NOON)
    return [item.number for item, _case in found.page.items]


async def two_handovers(db: Database) -> None:
    """#1 and #2 from Bob to Ben, who accepts #1 and had to ask; later #2 from Bob to Mara, who declines."""
    await offers.set_up(db, 2)
    first = await offers.offer(db, 1, 2)
    await service.accept(db, BEN, first.id, 1, key="a", now=NOON + 4 * MINUTE)
    await service.ask_again(db, BEN, first.id, 1, key="again", now=NOON + 9 * MINUTE)
    await service.withdraw(db, BOB, first.id, key="w", now=NOON + 10 * MINUTE)
    second = await offers.offer(db, 2, to=MARA, key="second", now=NOON + 11 * MINUTE)
    await service.decline(db, MARA, second.id, 2, "No time", key="d", now=NOON + 12 * MINUTE)


async def test_ones_own_and_those_of_the_team_and_nobody_else_sees_any(db: Database) -> None:
    await two_handovers(db)
    for person, mine, team in (
        (BOB, [2, 1, 2], [2, 1, 2]),
        (BEN, [1, 2], [2, 1, 2]),
        (MARA, [2], [2, 1, 2]),
        (CHARLIE, [], []),
    ):
        assert await numbers(db, person, Scope.MINE) == mine
        assert await numbers(db, person, Scope.TEAM) == team
    for person in (ALICE, OLGA, DAN, ADA, NOBODY, STRANGER):
        for scope in Scope:
            with pytest.raises(Denied):
                await service.see_history(db, person, scope, now=NOON)


async def test_who_left_the_team_sees_their_own_no_more(db: Database) -> None:
    await two_handovers(db)
    await offers.take_out(db, BEN)
    with pytest.raises(Denied):
        await service.see_history(db, Person(BEN.workspace_id, BEN.id), Scope.MINE, now=NOON)


async def test_how_they_went_in_words(db: Database) -> None:
    await two_handovers(db)
    found = await service.see_history(db, BOB, Scope.TEAM, now=NOON + timedelta(hours=1))
    told = summary(found.measures, Text())
    assert "1 of 2 accepted, 1 declined, 0 unanswered" in told
    assert "Half of them" not in told  # of one
    assert "After 1 of 1 (100 %) the receiver had to ask again." in told
    later = await service.see_history(db, BOB, Scope.TEAM, now=NOON + timedelta(days=31))
    assert "nothing was handed over" in summary(later.measures, Text())


async def test_it_goes_in_pages_and_who_accepted_can_still_say_that_they_had_to_ask(
    db: Database,
) -> None:
    """One case that went from Bob to Ben again and again."""
    await offers.set_up(db)
    async with db.write(WORKSPACE) as tx:
        for number in range(A_PAGE + 1):
            draft = Draft(BEN.id, items=(ItemDraft(1),))
            case = await stored.find(tx, 1)
            assert case
            made = rules.made(f"h{number}", BOB, draft, [case], now=NOON)
            await handovers.add(tx, made)
            await handovers.answer(tx, made.items[0], ItemState.ACCEPTED, now=NOON)
    found = await service.see_history(db, BEN, Scope.MINE, page=0, now=NOON)
    args = (Scope.MINE, found.page.items, found.page.total, found.measures)
    first = str(history(*args, BEN.id, Text())["blocks"])
    assert "Page 1 of 2" in first
    assert first.count("handover_asked_again:") == A_PAGE
    assert "handover_asked_again:" not in str(history(*args, BOB.id, Text())["blocks"])
    assert len(await numbers(db, BEN, Scope.MINE, page=1)) == 1
