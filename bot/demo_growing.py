"""What the demo's people wrote about each other and thanked each other for in the last week, told through the services."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo_cast import ORDERS, DemoTeam
from bot.demo_stops import at
from bot.errors import AlreadyHeard
from bot.people import Person
from bot.rules.coaching import Kind, Note, Part, State, Visibility
from bot.rules.coaching.drafts import NoteDraft, Promise
from bot.rules.kudos import KudosDraft
from bot.rules.kudos.settings import KudosSettings
from bot.rules.wall_clock import day_of
from bot.services.coaching import answering, sharing, writing
from bot.services.kudos import giving
from storage.coaching import lists
from storage.database import Database

DAY = timedelta(days=1)
A_WEEK = 7 * DAY
TOMORROW, IN_A_WEEK = DAY, A_WEEK


@dataclass(frozen=True, slots=True)
class Written:
    """A note by `who` about somebody of Orders & Billing, so long ago. `promised` and `mine` are due so long from now.

    What is `shared` is shared at once; with `answered` the agent acknowledges it so long ago, and says so much.
    """

    ago: timedelta
    who: str
    about: str
    draft: NoteDraft
    promised: tuple[tuple[str, timedelta], ...] = ()
    mine: tuple[tuple[str, timedelta], ...] = ()
    is_shared: bool = True
    answered: timedelta | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Thanked:
    """Thanks in public, so many days before the last digest."""

    days: int
    who: str
    whom: tuple[str, ...]
    value: str
    reason: str
    is_public: bool = True


NOTES = (
    Written(
        timedelta(days=2, hours=3),
        "oksana",
        "taras",
        NoteDraft(
            kind=Kind.PRAISE,
            skill="Ownership",
            parts={
                Part.SITUATION: "The double charges of Tuesday night",
                Part.BEHAVIOUR: "You looked for all three customers by yourself, and called each before they called us.",
                Part.IMPACT: "Nobody of them wrote a second time, and one has ordered again.",
            },
            evidence="KL-48190",
            visibility=Visibility.CHAIN,
        ),
        answered=timedelta(days=1, hours=2),
        comment="Thank you! I have put the steps into our notes for the others.",
    ),
    Written(
        timedelta(hours=20),
        "nikos",
        "eleni",
        NoteDraft(
            kind=Kind.IMPROVE,
            skill="Documentation",
            parts={
                Part.SITUATION: "The invoice without a VAT number that you sent up this morning",
                Part.BEHAVIOUR: "The company and the country were not in it, so I had to send it back to you.",
                Part.IMPACT: "The customer waits a day longer for a thing of two minutes.",
            },
            evidence="KL-48262",
            visibility=Visibility.AGENT,
        ),
        promised=(("Write down company and country before I escalate an invoice", TOMORROW),),
        mine=(("Show you where the country is in the order", IN_A_WEEK),),
    ),
    Written(
        timedelta(hours=19),
        "nikos",
        "taras",
        NoteDraft(
            kind=Kind.ONE_TO_ONE,
            parts={
                Part.GOAL: "He would like to lead a shift one day.",
                Part.REALITY: "He is calm with angry callers, and shy in the morning round.",
                Part.OPTIONS: "Let him run the round on Thursdays?",
            },
            visibility=Visibility.PRIVATE,
        ),
        is_shared=False,
    ),
)
THANKS = (
    Thanked(3, "eleni", ("taras",), "Teamwork", "for taking my two hardest callers while I was at the dentist"),
    Thanked(2, "nikos", ("eleni", "taras"), "Customer first", "for staying until every double charge had its answer"),
    Thanked(2, "taras", ("oksana",), "Kindness", "for explaining the new return rules a third time, with a smile"),
    Thanked(1, "maria", ("nikos",), "Clarity", "for the price list on one page, that even I understand"),
    Thanked(1, "oksana", ("eleni",), "Ownership", "for not letting go until Mr Lindqvist's bank had looked again"),
)  # fmt: skip

FindPerson = Callable[[str], Awaitable[Person]]
Deed = tuple[datetime, Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Growing:
    """Tells it. `person` finds somebody by their name in the cast, `ids` are their Slack ids."""

    db: Database
    ids: dict[str, str]
    person: FindPerson
    now: datetime
    team: DemoTeam = field(default=ORDERS)

    @property
    def began(self) -> datetime:
        """Before it there was no team."""
        return self._last_digest() - (max(one.days for one in THANKS) + 1) * DAY

    def deeds(self) -> Iterator[Deed]:
        """What people did, in no order."""
        for number, thanked in enumerate(THANKS):
            given_at = self._last_digest() - thanked.days * DAY + timedelta(minutes=7 * number)
            yield given_at, self._thank(number, thanked, given_at)
        for number, written in enumerate(NOTES):
            written_at = self.now - written.ago
            yield written_at, self._write(number, written, written_at)
            if written.answered:
                answered_at = self.now - written.answered
                yield answered_at, self._answer(number, written, answered_at)

    def _last_digest(self) -> datetime:
        """When the team was last told of its thanks, or would have been."""
        usual = KudosSettings("", "")
        assert usual.digest_day is not None
        today = self.now.astimezone(ZoneInfo(self.team.zone)).date()
        day = today - (today.weekday() - usual.digest_day) % 7 * DAY
        last = at(self.team, day, usual.digest_at)
        return last if last < self.now else at(self.team, day - A_WEEK, usual.digest_at)

    async def _thank(self, number: int, one: Thanked, now: datetime) -> None:
        whom = tuple(self.ids[name] for name in one.whom)
        draft = KudosDraft(whom, one.value, one.reason, one.is_public)
        person, key = await self.person(one.who), f"demo:thanks:{number}"
        await giving.give(self.db, person, draft, key=key, now=now)

    async def _write(self, number: int, one: Written, now: datetime) -> None:
        """Broken off between writing and sharing, it is found among the author's drafts."""
        author, key = await self.person(one.who), f"demo:note:{number}"
        draft = replace(
            one.draft,
            agent_id=self.ids[one.about],
            theirs=self._promises(one.promised),
            mine=self._promises(one.mine),
        )
        with suppress(AlreadyHeard):
            await writing.save(self.db, author, draft, key=key, now=now)
        for note in await writing.list_drafts(self.db, author):
            if one.is_shared and note.visibility is one.draft.visibility:
                await sharing.share(
                    self.db, author, note.id, version=note.version, key=f"{key}:share", now=now
                )

    async def _answer(self, number: int, one: Written, now: datetime) -> None:
        agent, key = await self.person(one.about), f"demo:note:{number}:answer"
        for note in await self._unanswered(agent):
            await answering.acknowledge_with(self.db, agent, note.id, one.comment, key=key, now=now)

    async def _unanswered(self, agent: Person) -> list[Note]:
        async with self.db.read(agent.workspace_id) as tx:
            page = await lists.shared_with(tx, agent.id, offset=0, limit=len(NOTES))
        return [one for one in page.notes if one.state is State.SHARED]

    def _promises(self, promised: tuple[tuple[str, timedelta], ...]) -> tuple[Promise, ...]:
        return tuple(
            Promise(words, day_of(self.now + until, self.team.zone)) for words, until in promised
        )
