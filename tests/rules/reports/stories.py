"""Cases as they come about, step by step, each so many minutes after it was raised; for the rules that count them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.people import Person, system
from bot.rules import escalations as rules
from bot.rules.escalations import (
    Decision,
    Draft,
    Escalation,
    Event,
    Resolution,
    Returning,
    Solvable,
    Step,
    Update,
    Wait,
    WaitingOn,
)
from bot.rules.reports import Life, life_of
from bot.rules.severities import Severity
from bot.rules.teams import Team
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BEN, BOB, NOON, WORKSPACE

MINUTE = timedelta(minutes=1)
CLOCK = system(WORKSPACE)
REFUND = Resolution("Bank was slow", Decision.REFUND, 2500, "EUR", Solvable.PERMISSION)


def at(minutes: float) -> datetime:
    return NOON + minutes * MINUTE


@dataclass
class Story:
    """A case of Billing (high: claim within 30 minutes, a word each 60), and its timeline."""

    team: Team = TEAM
    draft: Draft = DRAFT
    number: int = 1
    begin: datetime = NOON
    events: list[Event] = field(default_factory=list)
    case: Escalation = field(init=False)

    def __post_init__(self) -> None:
        step = rules.raised(ALICE, self.team, self.draft, number=self.number, now=self.begin)
        self.case, self.events = step.after, [step.event]

    def claim(self, minutes: float, person: Person = BOB) -> "Story":
        return self._take(rules.claimed(self.case, person, self.team, now=self._at(minutes)))

    def update(self, minutes: float) -> "Story":
        word = Update(conditions=f"As of {minutes}")
        return self._take(rules.updated(self.case, BOB, self.team, word, now=self._at(minutes)))

    def keep(self, minutes: float) -> "Story":
        return self._take(rules.kept(self.case, BOB, self.team, now=self._at(minutes)))

    def wait(self, minutes: float, until: float) -> "Story":
        wait = Wait(WaitingOn.CUSTOMER, "They look for the bill", self._at(until))
        return self._take(rules.waited(self.case, BOB, wait, now=self._at(minutes)))

    def wake(self, minutes: float) -> "Story":
        return self._take(rules.woke(self.case, CLOCK, self.team, now=self._at(minutes)))

    def fall(self, minutes: float) -> "Story":
        return self._take(rules.fell(self.case, CLOCK, self.team, now=self._at(minutes)))

    def assign(self, minutes: float) -> "Story":
        now = self._at(minutes)
        return self._take(rules.assigned(self.case, BOB, self.team, BEN.id, "Yours", now=now))

    def be(self, minutes: float, severity: Severity) -> "Story":
        now = self._at(minutes)
        return self._take(
            rules.severity_changed(self.case, BOB, self.team, severity, "It is", now=now)
        )

    def give_back(
        self, minutes: float, reason: str = "missing_information", missing: str = ""
    ) -> "Story":
        returning = Returning(reason, "Which bank?", missing)
        now = self._at(minutes)
        return self._take(rules.returned(self.case, BOB, self.team, returning, now=now))

    def resubmit(self, minutes: float, **changed: object) -> "Story":
        draft = replace(self.case.draft, **changed)  # type: ignore[arg-type]
        now = self._at(minutes)
        return self._take(rules.resubmitted(self.case, ALICE, self.team, draft, now=now))

    def resolve(self, minutes: float, outcome: Resolution = REFUND) -> "Story":
        return self._take(rules.resolved(self.case, BOB, outcome, now=self._at(minutes)))

    def reopen(self, minutes: float) -> "Story":
        now = self._at(minutes)
        return self._take(rules.reopened(self.case, ALICE, self.team, "Not yet", now=now))

    def withdraw(self, minutes: float) -> "Story":
        return self._take(rules.withdrawn(self.case, ALICE, now=self._at(minutes)))

    def merge(self, minutes: float) -> "Story":
        return self._take(rules.merged(self.case, BOB, 7, now=self._at(minutes)))

    def forgetful(self) -> "Story":
        """As it was kept before timelines held what changed."""
        self.events = [replace(one, changes={}) for one in self.events]
        return self

    def life(self, minutes: float = 10_000) -> Life:
        """What became of it, as it is seen so many minutes after it was raised."""
        return life_of(self.case, self.events, self.team, now=self._at(minutes))

    def _at(self, minutes: float) -> datetime:
        return self.begin + minutes * MINUTE

    def _take(self, step: Step) -> "Story":
        self.case = step.after
        self.events.append(step.event)
        return self


def minutes_after(moments: Iterable[datetime], begin: datetime = NOON) -> list[float]:
    return [(one - begin) / MINUTE for one in moments]
