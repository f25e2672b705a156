"""The plain world as rows: its teams, people, shifts and stand-ups, as Baton keeps them."""

from datetime import datetime

from bot.people import Role
from bot.rules.calendars import BusinessHours, DayOff, Span
from bot.rules.people import Profile
from bot.rules.shifts import Pattern
from bot.rules.standups import Kind, Moment, Question, Schedule, StandUp
from bot.rules.teams import Team
from bot.services.standups import look_again
from storage import members, people, shifts, standups, teams, workspaces
from storage.database import Database, Tx
from tests.cast import ADA, WORKSPACE
from tests.services.floor import BOT
from tests.services.standups.month import world as plain
from tests.services.standups.month.world import World

OPEN = Span(7 * 60, 20 * 60)
QUESTIONS = (Question("focus", Kind.TEXT, "What is your focus today?"),)


def person_id(name: str) -> str:
    return f"U0{name.upper()}"


def name_of(slack_id: str) -> str:
    return slack_id.removeprefix("U0").lower()


def channel_of(team_id: str) -> str:
    return f"C0{team_id.upper()}"


def schedule(plan: plain.Plan) -> Schedule:
    return Schedule(
        Moment(plan.moment), tuple(plan.weekdays.split()), plan.at, plan.offset, plan.window
    )


async def furnish(db: Database, world: World, *, now: datetime) -> None:
    """A fresh workspace with all of it, at this moment."""
    async with db.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Floor", bot_user_id=BOT)
        profiles = [profile(name, zone, now) for name, zone in sorted(world.zones.items())]
        await people.save(tx, Profile(ADA.id, name="Ada", updated=1), *profiles)
        await people.set_admins(tx, [ADA.id])
        for team in world.teams.values():
            await _add_team(tx, team)
        for one in world.standups.values():
            made = StandUp(
                WORKSPACE, one.id, one.team, one.id, QUESTIONS, schedule(one.plan), made_by=ADA.id
            )
            await standups.add(tx, made, now=now)
            await look_again(tx, made.id, now=now)


def profile(name: str, zone: str, now: datetime, *, is_deleted: bool = False) -> Profile:
    return Profile(
        person_id(name), name, zone=zone, is_deleted=is_deleted, updated=int(now.timestamp())
    )


async def _add_team(tx: Tx, team: plain.Team) -> None:
    hours = BusinessHours(
        always_open=not team.weekdays,
        week=dict.fromkeys(team.weekdays.split(), (OPEN,)),
        region=team.region,
        days_off=tuple(DayOff(day, day) for day in sorted(team.days_off)),
    )
    channel = channel_of(team.id)
    await teams.add(
        tx, Team(WORKSPACE, team.id, team.id, team.zone, hours, channel, f"{channel}LEADS")
    )
    for name, role in sorted(team.roles.items()):
        await members.add(tx, team.id, Role(role), [person_id(name)])
    for number, one in enumerate(team.patterns):
        who = tuple(person_id(name) for name in one.people)
        days = tuple(one.weekdays.split())
        pattern = Pattern(f"{team.id}-{number}", team.id, days, one.start, one.end, who)
        await shifts.add_pattern(tx, pattern)
