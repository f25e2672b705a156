"""Seeds from escalations: who sees which, what counts, and what was used or not needed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, Stale
from bot.people import Person, Role
from bot.rules.coaching import Evidence
from bot.rules.coaching.seeds import PersonSeed, SeedKey
from bot.rules.escalations import Verdict
from bot.services import escalations
from bot.services.coaching import opening, seeds
from storage import members, people
from storage.database import Database
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
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
from tests.services.coaching.drafting import (
    in_department,
    leaves,
    save,
    save_again,
    solved,
    sown,
)
from tests.services.floor import by_id, furnish

KEY = SeedKey(BILLING, ALICE.id, "billing")
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def seed_of_alice(db: Database) -> PersonSeed:
    for number in (1, 2, 3):
        await solved(db, number)
    found = [one.person for one in await sown(db) if one.person]
    assert len(found) == 1
    return found[0]


async def test_topics_come_first_and_name_nobody(db: Database) -> None:
    await solved(db, 1)
    assert await sown(db) == []
    await solved(db, 2)
    [topic] = await sown(db)
    assert (topic.team.id, topic.topic, topic.count, topic.person) == (BILLING, "billing", 2, None)


async def test_from_three_cases_on_somebody_is_named(db: Database) -> None:
    seed = await seed_of_alice(db)
    assert (seed.key, seed.cases, seed.up_to) == (KEY, (1, 2, 3), NOON + timedelta(hours=3))


async def test_only_who_may_coach_them_sees_it(db: Database) -> None:
    await seed_of_alice(db)
    nemo = await in_department(db, NOBODY)
    for person in (BOB, BEN, MARA, nemo):
        assert [one.person is not None for one in await sown(db, person)] == [False, True]
    for person in (ALICE, OLGA, ADA, CHARLIE, DAN):
        assert await sown(db, person) == []
    async with db.read(STRANGER.workspace_id) as tx:
        stranger = replace(STRANGER, roles={BILLING: frozenset({Role.LEAD})})
        assert await seeds.of_leader(tx, stranger, now=TOMORROW) == []


async def test_a_lead_is_named_to_their_manager_only(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, BILLING, Role.AGENT, [BEN.id])
        ben = await people.get(tx, BEN.id)
    for number in (1, 2, 3):
        await solved(db, number, ben)
    assert [one.person for one in await sown(db, BOB)] == [None]
    assert [one.person is not None for one in await sown(db, MARA)] == [False, True]


async def test_what_does_not_count(db: Database) -> None:
    """Opened again, solvable otherwise, or too long ago."""
    await seed_of_alice(db)
    await solved(db, 4, verdict=Verdict("Unclear", "explanation", solvable="knowledge"))
    assert [one.count for one in await sown(db)] == [3, 3]
    await escalations.reopen(db, ALICE, 3, "It came back", key="reopen", now=TOMORROW)
    assert [(one.count, one.person) for one in await sown(db)] == [(2, None)]
    assert await sown(db, now=NOON + timedelta(days=91)) == []


async def test_who_left_the_team_is_not_named(db: Database) -> None:
    await seed_of_alice(db)
    await leaves(db, ALICE)
    assert [one.person for one in await sown(db)] == [None]


async def test_one_click_fills_in_the_form(db: Database) -> None:
    seed = await seed_of_alice(db)
    form, found = await opening.open_seed(db, BOB, KEY, now=TOMORROW)
    assert found == seed
    draft = seeds.drafted(found, ["Listening", "Billing"], "Billing and payment")
    assert (draft.agent_id, draft.team_id, draft.kind) == (ALICE.id, BILLING, "improve")
    assert (draft.skill, draft.topic, draft.evidence) == ("Billing", "billing", "#1\n#2\n#3")
    assert form.team
    assert form.team.id == BILLING


async def test_what_became_a_draft_comes_again_only_with_three_newer_cases(db: Database) -> None:
    seed = await seed_of_alice(db)
    note = (
        await save(db, up_to=seed.up_to, topic="billing", team_id=BILLING, evidence="#1\n#2\n#3")
    ).note
    assert note.topic == "billing"
    assert note.body.evidence == tuple(Evidence("", case=number) for number in (1, 2, 3))
    assert (await save_again(db, note)).note.topic == "billing"
    assert [one.person for one in await sown(db)] == [None]
    for number in (4, 5):
        await solved(db, number)
    assert [one.person for one in await sown(db)] == [None]
    await solved(db, 6)
    assert [one.person.cases for one in await sown(db) if one.person] == [(4, 5, 6)]


async def test_not_needed_counts_for_everybody_and_once(db: Database) -> None:
    seed = await seed_of_alice(db)

    async def dismiss(person: Person, key: str) -> None:
        await seeds.dismiss(db, person, KEY, seed.up_to, key=key, now=TOMORROW)

    outcomes = await asyncio.gather(
        dismiss(BOB, "1"), dismiss(BOB, "1"), dismiss(MARA, "2"), return_exceptions=True
    )
    assert [type(one) for one in outcomes if one] == [AlreadyHeard]
    for person in (BOB, BEN, MARA):
        assert [one.person for one in await sown(db, person)] == [None]
    with pytest.raises(Stale, match="in a note already"):
        await opening.open_seed(db, BOB, KEY, now=TOMORROW)


@pytest.mark.parametrize("person", [ALICE, OLGA, ADA, CHARLIE, STRANGER], ids=by_id)
async def test_nobody_else_uses_or_dismisses_it(db: Database, person: Person) -> None:
    seed = await seed_of_alice(db)
    with pytest.raises(Denied):
        await seeds.dismiss(db, person, KEY, seed.up_to, key="x", now=TOMORROW)
    with pytest.raises(Denied):
        await opening.open_seed(db, person, KEY, now=TOMORROW)
    assert len(await sown(db)) == 2


async def test_who_left_meanwhile_is_said_where_there_is_no_field_for_it(db: Database) -> None:
    seed = await seed_of_alice(db)
    await leaves(db, ALICE)
    with pytest.raises(Denied, match="not among those whom you lead"):
        await save(db, up_to=seed.up_to, topic="billing", team_id=BILLING)
