"""Everything that a person can do to a case, each with words that chance chooses: mostly good, now and then not."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot.people import Person
from bot.rules.escalations import (
    Action,
    Decision,
    Draft,
    Escalation,
    Rating,
    Returning,
    ReturnReason,
    Solvable,
    Update,
    Verdict,
    WaitDraft,
    WaitingOn,
)
from bot.rules.severities import Severity
from bot.services import escalations
from bot.services.transaction import heard_once
from storage.database import Database
from tests import casebook

WORDS = ("It is at the bank", "The customer called again", "x", "<@U0BOB> & *bold*")
TICKETS = ("T-1", "T-2", "T-3")


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for what, when, in which words."""

    db: Database
    person: Person
    number: int
    key: str
    now: datetime
    seed: int

    @property
    def chance(self) -> Random:
        return Random(self.seed)  # noqa: S311 - a test that can be repeated


Act = Callable[[Ask], Awaitable[Escalation]]


def words(chance: Random) -> str:
    """One in twelve says nothing."""
    return "" if chance.random() < 1 / 12 else chance.choice(WORDS[:2])


def later(now: datetime, chance: Random) -> datetime:
    """Minutes to days ahead; one in twelve is past."""
    return now + timedelta(
        minutes=chance.choice([1, 7, 45, 180, 700, 2000, 2000, 9000, *[30] * 3, -5])
    )


def someone(chance: Random) -> str:
    return chance.choice(casebook.EVERYBODY).id


def draft(chance: Random, now: datetime) -> Draft:
    promise = later(now, chance) if chance.random() < 0.4 else None
    return replace(
        casebook.DRAFT,
        ticket=chance.choice(TICKETS),
        severity=chance.choice(list(Severity)),
        tried=chance.choice(["Looked at it", ""]) if chance.random() < 0.1 else "Looked at it",
        promise="An answer" if promise else "",
        promise_by=promise,
    )


async def _claim(ask: Ask) -> Escalation:
    return await escalations.claim(ask.db, ask.person, ask.number, key=ask.key, now=ask.now)


async def _give_back(ask: Ask) -> Escalation:
    chance = ask.chance
    returning = Returning(chance.choice(list(ReturnReason)), words(chance), "customer")
    return await escalations.give_back(
        ask.db, ask.person, ask.number, returning, key=ask.key, now=ask.now
    )


async def _resolve(ask: Ask) -> Escalation:
    chance = ask.chance
    decision = chance.choice(list(Decision))
    verdict = Verdict(words(chance), decision, "12.50", "EUR", chance.choice(list(Solvable)))
    if decision in {Decision.EXPLANATION, Decision.NONE}:
        verdict = replace(verdict, amount="", currency="")
    return await escalations.resolve(
        ask.db, ask.person, ask.number, verdict, key=ask.key, now=ask.now
    )


async def _reopen(ask: Ask) -> Escalation:
    why = words(ask.chance)
    return await escalations.reopen(ask.db, ask.person, ask.number, why, key=ask.key, now=ask.now)


async def _resubmit(ask: Ask) -> Escalation:
    added = draft(ask.chance, ask.now)
    return await escalations.resubmit(
        ask.db, ask.person, ask.number, added, key=ask.key, now=ask.now
    )


async def _withdraw(ask: Ask) -> Escalation:
    return await escalations.withdraw(ask.db, ask.person, ask.number, key=ask.key, now=ask.now)


async def _wait(ask: Ask) -> Escalation:
    chance = ask.chance
    wait = WaitDraft(chance.choice(list(WaitingOn)), words(chance), later(ask.now, chance))
    return await escalations.wait(ask.db, ask.person, ask.number, wait, key=ask.key, now=ask.now)


async def _resume(ask: Ask) -> Escalation:
    return await escalations.resume(ask.db, ask.person, ask.number, key=ask.key, now=ask.now)


async def _update(ask: Ask) -> Escalation:
    chance = ask.chance
    remind_at = later(ask.now, chance) if chance.random() < 0.5 else None
    told = Update(words(chance), chance.choice(["", "I call them"]), "")
    return await escalations.update(
        ask.db, ask.person, ask.number, told, key=ask.key, now=ask.now, remind_at=remind_at
    )


async def _keep(ask: Ask) -> Escalation:
    return await escalations.keep(ask.db, ask.person, ask.number, key=ask.key, now=ask.now)


async def _release(ask: Ask) -> Escalation:
    why = words(ask.chance)
    return await escalations.release(ask.db, ask.person, ask.number, why, key=ask.key, now=ask.now)


async def _assign(ask: Ask) -> Escalation:
    chance = ask.chance
    to, why = someone(chance), words(chance)
    return await escalations.assign(
        ask.db, ask.person, ask.number, to, why, key=ask.key, now=ask.now
    )


async def _pass_on(ask: Ask) -> Escalation:
    chance = ask.chance
    to, why = someone(chance), words(chance)
    async with heard_once(ask.db, ask.person.workspace_id, ask.key, now=ask.now) as tx:
        return await escalations.pass_on(tx, ask.person, ask.number, to, why=why, now=ask.now)


async def _change_severity(ask: Ask) -> Escalation:
    chance = ask.chance
    severity, why = chance.choice([*Severity, "huge"]), words(chance)
    return await escalations.change_severity(
        ask.db, ask.person, ask.number, severity, why, key=ask.key, now=ask.now
    )


async def _escalate_further(ask: Ask) -> Escalation:
    why = words(ask.chance)
    return await escalations.escalate_further(
        ask.db, ask.person, ask.number, why, key=ask.key, now=ask.now
    )


async def _take_down(ask: Ask) -> Escalation:
    why = words(ask.chance)
    return await escalations.take_down(
        ask.db, ask.person, ask.number, why, key=ask.key, now=ask.now
    )


async def _follow(ask: Ask) -> Escalation:
    chance = ask.chance
    whom = frozenset({chance.choice([ask.person.id, someone(chance)])})
    add, remove = (whom, frozenset[str]()) if chance.random() < 0.7 else (frozenset[str](), whom)
    return await escalations.follow(
        ask.db, ask.person, ask.number, add, remove=remove, key=ask.key, now=ask.now
    )


async def _write_note(ask: Ask) -> Escalation:
    text = words(ask.chance)
    return await escalations.write_note(
        ask.db, ask.person, ask.number, text, key=ask.key, now=ask.now
    )


async def _rate(ask: Ask) -> Escalation:
    rating = ask.chance.choice(list(Rating))
    return await escalations.rate(ask.db, ask.person, ask.number, rating, key=ask.key, now=ask.now)


ACTS: Mapping[str, tuple[Action, Act]] = {
    "claim": (Action.CLAIM, _claim),
    "give_back": (Action.RETURN, _give_back),
    "resolve": (Action.RESOLVE, _resolve),
    "reopen": (Action.REOPEN, _reopen),
    "resubmit": (Action.RESUBMIT, _resubmit),
    "withdraw": (Action.WITHDRAW, _withdraw),
    "wait": (Action.WAIT, _wait),
    "resume": (Action.RESUME, _resume),
    "update": (Action.UPDATE, _update),
    "keep": (Action.KEEP, _keep),
    "release": (Action.RELEASE, _release),
    "assign": (Action.ASSIGN, _assign),
    "pass_on": (Action.ASSIGN, _pass_on),
    "change_severity": (Action.CHANGE_SEVERITY, _change_severity),
    "escalate_further": (Action.ESCALATE, _escalate_further),
    "take_down": (Action.DEESCALATE, _take_down),
    "follow": (Action.FOLLOW, _follow),
    "write_note": (Action.NOTE, _write_note),
    "rate": (Action.RATE, _rate),
}
