"""The cast as rows: everybody known to Slack, Billing and Shipping with their people, Ada as admin."""

from dataclasses import replace

from bot.people import Person, Role
from bot.rules.people import Profile
from bot.rules.teams import Team, TeamDraft
from storage import members, people, teams, workspaces
from storage.database import Database
from tests import cast

BOT = "U0BATON"
LEADS_CHANNEL = "C0LEADS"
EVERYBODY = (
    cast.ALICE, cast.BOB, cast.BEN, cast.MARA, cast.OLGA, cast.CHARLIE, cast.DAN, cast.ADA, cast.NOBODY,
)  # fmt: skip
DRAFT = TeamDraft(
    "Returns",
    zone="Europe/Berlin",
    leads_channel="C0RETURNS",
    people={Role.LEAD: (cast.BOB.id,), Role.AGENT: (cast.ALICE.id, cast.NOBODY.id)},
)


async def furnish(db: Database, *, with_admin: bool = True) -> None:
    """Fill the workspace of the cast. Sven owns the Slack workspace and has done nothing here yet."""
    async with db.write(cast.WORKSPACE) as tx:
        await workspaces.save(tx, name="Floor", bot_user_id=BOT)
        await people.save(
            tx,
            *(
                Profile(one.id, name=one.name, zone="Europe/Berlin", updated=10)
                for one in EVERYBODY
            ),
            Profile("U0SVEN", name="Sven", is_slack_admin=True, updated=10),
            Profile("U0ROBOT", name="Robot", is_bot=True, updated=10),
            Profile("U0LEFT", name="Lefty", is_deleted=True, updated=10),
        )
        if with_admin:
            await people.set_admins(tx, [cast.ADA.id])
        for team_id, name in ((cast.BILLING, "Billing"), (cast.SHIPPING, "Shipping")):
            await teams.add(tx, Team(cast.WORKSPACE, team_id, name, leads_channel=LEADS_CHANNEL))
        for person in EVERYBODY:
            for team_id, roles in person.roles.items():
                for role in roles:
                    await members.add(tx, team_id, role, [person.id])


SVEN = replace(cast.NOBODY, id="U0SVEN", name="Sven")


def by_id(value: object) -> str | None:
    """How a person is called in the name of a test."""
    return value.id if isinstance(value, Person) else None


async def team_named(db: Database, name: str) -> Team:
    async with db.read(cast.WORKSPACE) as tx:
        found = await teams.find_by_name(tx, name)
    assert found is not None
    return found


async def people_of(db: Database, team_id: str, *roles: Role) -> list[str]:
    async with db.read(cast.WORKSPACE) as tx:
        return [one.person_id for one in await teams.members(tx, team_id, *roles)]
