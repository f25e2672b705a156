"""A database full of open escalations, in many teams, put there past Baton's services, which would take too long."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from bench.slack import BOT, WORKSPACE
from bench.world import World
from bot.people import Person, Role
from bot.rules import escalations as rules
from bot.rules.escalations import Alarm, Draft, Escalation
from bot.rules.people import Profile
from bot.rules.teams import Team
from storage import members, people, teams, workspaces
from storage.base import table_of
from storage.database import Database
from storage.escalations.rows import CounterRow, EscalationRow, EventRow, values_of
from storage.migrate import migrate
from storage.timers import TimerRow

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When the first case was raised: each team works around the clock, and each case has eight hours."""
AT_ONCE = 1000
CLAIMERS = 10
DRAFT = Draft(
    summary="The customer waits for the money",
    customer="Kim",
    severity="low",
    category="billing",
    tried="Looked at the order and asked the warehouse.",
    need="decision",
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many open cases, dealt out to the teams. Their clocks are far from due."""

    url: str
    cases: int
    teams: int

    def team_of(self, number: int) -> str:
        return team_id(number % self.teams)

    def leads(self, number: int) -> Sequence[Person]:
        """Those who may claim a case."""
        return [lead(self.team_of(number), n) for n in range(CLAIMERS)]

    def observer(self) -> Person:
        """Who reads every case of every team."""
        seen = {team_id(n): frozenset({Role.OBSERVER}) for n in range(self.teams)}
        return Person(WORKSPACE, "U0OBSERVER", roles=seen)


def team_id(n: int) -> str:
    return f"team-{n:04}"


def lead(team: str, n: int) -> Person:
    return Person(WORKSPACE, f"U0LEAD{n}", roles={team: frozenset({Role.LEAD})})


async def crowded(world: World, kind: str, cases: int, team_count: int) -> Crowd:
    """A fresh database with so many open cases in so many teams."""
    crowd = Crowd(await world.empty(kind), cases, team_count)
    db = Database(crowd.url)
    try:
        await migrate(db)
        await _people(db, crowd)
        await _cases(db, crowd)
    finally:
        await db.close()
    return crowd


async def wind(db: Database, numbers: range, at: datetime) -> None:
    """The first level of the policy is due for these cases at this time, as if it had never been told."""
    case, timer = table_of(EscalationRow), table_of(TimerRow)
    fresh: dict[str, Any] = {"step_at": at, "level": None, "policy_id": "", "round": 0}
    subjects = [str(one) for one in numbers]
    async with db.maintaining() as connection:
        meant = case.c.id.between(numbers[0], numbers[-1])
        await connection.execute(update(case).where(meant).values(fresh))
        gone = delete(timer).where(timer.c.kind == Alarm.POLICY_STEP, timer.c.subject.in_(subjects))
        await connection.execute(gone)
        rows = [_timer(str(one), Alarm.POLICY_STEP, at) for one in numbers]
        await connection.execute(timer.insert(), rows)


async def _people(db: Database, crowd: Crowd) -> None:
    ids = [f"U0LEAD{n}" for n in range(CLAIMERS)]
    async with db.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Crowd", bot_user_id=BOT)
        everybody = [*ids, "U0AGENT", "U0OBSERVER"]
        await people.save(tx, *(Profile(one, name=one.title(), updated=1) for one in everybody))
    for n in range(crowd.teams):
        async with db.write(WORKSPACE) as tx:
            await teams.add(tx, _team(n))
            await members.add(tx, team_id(n), Role.LEAD, ids)


def _team(n: int) -> Team:
    return Team(WORKSPACE, team_id(n), f"Team {n:04}", leads_channel=f"C0LEADS{n:04}")


async def _cases(db: Database, crowd: Crowd) -> None:
    async with db.maintaining() as connection:
        counter = {"workspace_id": WORKSPACE, "last_id": crowd.cases}
        await connection.execute(table_of(CounterRow).insert(), [counter])
        for first in range(1, crowd.cases + 1, AT_ONCE):
            cases = list(_raised(crowd, first))
            for row, values in (
                (EscalationRow, [values_of(one) | _HERE for one in cases]),
                (EventRow, [_event(one) for one in cases]),
                (TimerRow, [timer for one in cases for timer in _timers(one)]),
            ):
                await connection.execute(table_of(row).insert(), values)
        if not db.is_sqlite:  # as its autovacuum would, within a minute
            await connection.exec_driver_sql("ANALYZE")


_HERE = {"workspace_id": WORKSPACE}


def _raised(crowd: Crowd, first: int) -> Iterator[Escalation]:
    agent = Person(WORKSPACE, "U0AGENT")
    for number in range(first, min(first + AT_ONCE, crowd.cases + 1)):
        at = BEGAN + timedelta(milliseconds=number)
        draft = replace(DRAFT, ticket=f"T-{number}")
        team = _team(number % crowd.teams)
        step = rules.raised(agent, team, draft, number=number, now=at, step_at=at + A_WEEK)
        yield step.after


A_WEEK = timedelta(days=7)


def _event(case: Escalation) -> Mapping[str, Any]:
    return _HERE | {
        "escalation_id": case.id,
        "version": 1,
        "at": case.raised_at,
        "by": case.raised_by,
        "kind": "raised",
        "old": None,
        "new": case.state,
        "reason": "",
        "why": "",
        "changes": {},
    }


def _timers(case: Escalation) -> Iterator[Mapping[str, Any]]:
    for alarm, at in rules.alarms(case).items():
        yield _timer(str(case.id), alarm, at)


def _timer(subject: str, alarm: Alarm, at: datetime) -> dict[str, Any]:
    return _HERE | {
        "kind": str(alarm),
        "subject": subject,
        "step": "",
        "due_at": at,
        "not_before": at,
        "attempts": 0,
        "last_error": None,
    }
