"""Thanks through the services, for everybody there is: who may take them back, lead with them, set them, and read private ones."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, time, timedelta

from bot.errors import Denied, Refused
from bot.people import Person, Role
from bot.rules.kudos import Kudos, KudosDraft
from bot.rules.kudos.setting import SettingsDraft
from bot.rules.reports import About, Asked, Period
from bot.services.kudos import exporting, giving, leading, looking, setting, undoing
from storage.database import Database
from tests.cast import ALICE, BILLING, DAN, NOON, WORKSPACE
from tests.conftest import KEYS
from tests.services.coaching.matrix import rules
from tests.services.coaching.matrix.rules import Thanks, Who
from tests.services.coaching.matrix.scene import ABOVE, AMY, ASKING, LEFT, Rehearsal, people_only

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)), about=About.KUDOS)
SOON = NOON + timedelta(minutes=5)
KEY = "a click"


def who(person: Person) -> Who:
    """As they stand to Billing."""
    roles = {} if person.id in LEFT else person.roles
    above = frozenset[Role]().union(*(roles.get(one, frozenset()) for one in ABOVE[BILLING]))
    return Who(
        is_here=person.workspace_id == WORKSPACE,
        is_clock=person.is_system,
        is_admin=person.is_admin,
        roles=roles.get(BILLING, frozenset()),
        above=above,
        is_author=person.workspace_id == WORKSPACE and person.id == ALICE.id,
        is_agent=person.workspace_id == WORKSPACE and person.id == AMY.id,
    )


async def given(db: Database) -> dict[bool, Kudos]:
    """By Alice to Amy, both of Billing: one in public, one in private."""
    return {
        is_public: await giving.give(
            db,
            ALICE,
            KudosDraft((AMY.id,), "Teamwork", f"for taking over call {is_public}", is_public),
            key=f"give {is_public}",
            now=NOON,
        )
        for is_public in (True, False)
    }


async def _give(db: Database, person: Person, _kudos: Kudos) -> object:
    whom = AMY if person.id == DAN.id else DAN
    draft = KudosDraft((whom.id,), "Teamwork", "for the parcel that came in time")
    return await giving.give(db, person, draft, key=KEY, now=SOON)


async def _undo(db: Database, person: Person, kudos: Kudos) -> object:
    return await undoing.undo(db, person, kudos.id, key=KEY, now=SOON)


async def _quiet_list(db: Database, person: Person, _kudos: Kudos) -> object:
    return await leading.see_team(db, person, BILLING, now=SOON)


async def _set(db: Database, person: Person, _kudos: Kudos) -> object:
    _team, settings = await setting.open_settings(db, person, BILLING)
    draft = SettingsDraft("Courage", "tada", 5, 2, "fri", time(15), quiet_weeks=6)
    version = settings.version
    return await setting.save(db, person, BILLING, version, draft, key=KEY, now=SOON)


async def _flags(db: Database, person: Person, _kudos: Kudos) -> object:
    """Whoever may not read hints sees the list without them."""
    seen = await leading.see_team(db, person, BILLING, now=SOON)
    if seen.hints is None:
        raise Denied(leading.ONLY_LEADS)
    return seen


Act = Callable[[Database, Person, Kudos], Awaitable[object]]
ACTS: Mapping[Thanks, Act] = {
    Thanks.GIVE: _give,
    Thanks.UNDO: _undo,
    Thanks.QUIET_LIST: _quiet_list,
    Thanks.FLAGS: _flags,
    Thanks.SET: _set,
}


async def test_everything_that_can_be_done(db: Database) -> None:
    await people_only(db)
    private = (await given(db))[False]
    rehearsing = Rehearsal(db.url.render_as_string(hide_password=False), keys=KEYS)
    differing = []
    for asked, act in ACTS.items():
        for person in [one for one in ASKING if one.id not in LEFT and not one.is_system]:
            one = who(person)
            promised = rules.may_thank(one, asked, gave=one.is_author, got=one.is_agent)
            rehearsing.kept = 0
            try:
                await act(rehearsing, person, private)
            except Refused:
                assert rehearsing.kept == 0
                if promised:
                    differing.append((person.name, asked, "was refused"))
            else:
                if not promised:
                    differing.append((person.name, asked, "was let through"))
    await rehearsing.close()
    assert not differing


async def test_private_thanks_are_read_by_two_and_in_no_file(db: Database) -> None:
    await people_only(db)
    kudos = await given(db)
    for person in ASKING:
        one = who(person)
        seen = await looking.mine(db, person, now=SOON)
        there = {each.id for each in seen.got} | {each.id for each in seen.gave}
        is_theirs = one.is_author or one.is_agent
        assert there == ({each.id for each in kudos.values()} if is_theirs else set())
        assert await in_file(db, person) <= {kudos[True].id}
        leads = rules.may_thank(one, Thanks.QUIET_LIST)
        assert (kudos[True].id in await in_file(db, person)) is leads


async def in_file(db: Database, person: Person) -> set[str]:
    async with db.read(person.workspace_id) as tx:
        try:
            chosen = await exporting.teams_asked(tx, person, MARCH)
        except Denied:
            return set()
        ids = await exporting.ids_asked(tx, person, MARCH, chosen, most=100)
        found, _names = await exporting.read(tx, ids)
    return {one.kudos_id for one in found}
