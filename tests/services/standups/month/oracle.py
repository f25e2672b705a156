"""What has to come of a month, said a second time: it steps from moment to moment and does what each rule says, one by one.

Its rules in words are in the docstrings of its functions; it knows nothing of Baton.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from tests.services.standups.month.acts import Act, Habit, Says
from tests.services.standups.month.plans import Ask, asks
from tests.services.standups.month.rounds import (
    ANSWERED,
    ASKED,
    AWAY,
    DUE,
    LEFT,
    NOT_ASKED,
    OUT,
    SILENT,
    SKIPPED,
    Round,
    Said,
    Seat,
    open_ones,
    waiting_messages,
)
from tests.services.standups.month.world import MINUTE, Plan, StandUp, World, local_day, wall

JOINED = 30 * MINUTE
LATE_FOR = timedelta(hours=24)
LATELY = timedelta(days=5)
SAYING = {"answer": ANSWERED, "same": ANSWERED, "early": ANSWERED, "skip": SKIPPED, "out": OUT}


class Oracle:
    """`down` is when Baton does not run: what people do then they do again as soon as it does."""

    def __init__(
        self,
        world: World,
        script: Iterable[tuple[datetime, Act]],
        habits: Mapping[str, Sequence[Habit]],
        down: tuple[datetime, datetime],
    ) -> None:
        self.world, self.habits, self.down = world, habits, down
        self.acts: list[tuple[datetime, Act]] = []
        """Those that were done, in order."""
        self._to_come: list[tuple[datetime, Act]] = []
        self.said: list[Said] = []
        self.rounds: list[Round] = []
        self._lately: list[Round] = []
        self.messages: defaultdict[tuple[str, datetime], set[tuple[str, datetime]]]
        self.messages = defaultdict(set)
        self._ahead: dict[tuple[str, str, date], str] = {}
        self._out: set[tuple[str, Ask]] = set()
        self._times_asked: defaultdict[str, int] = defaultdict(int)
        self._plans: dict[object, list[Ask]] = {}
        self._seen = down[0]
        for at, act in script:
            self._will(at, act)

    def run(self, start: datetime, end: datetime) -> None:
        """What is due comes before what people do in the same minute."""
        now = self._seen = start
        while now < end:
            if not self.down[0] <= now < self.down[1]:
                self._step(now)
                while due := next((one for one in self._to_come if one[0] <= now), None):
                    self._to_come.remove(due)
                    if self._do(due[1], now):
                        self.acts.append((now, due[1]))
                    self._step(now)
            now = min(one for one in self._moments(now) if one > now)

    def _moments(self, now: datetime) -> Iterator[datetime]:
        """All at which something may have to be done."""
        yield now + 60 * MINUTE
        yield from self.down
        yield from (at for at, _act in self._to_come)
        yield from (at for _person, *edges in self.world.away for at in edges)
        for standup in self.world.standups.values():
            yield from (ask.at for ask in self._asks(standup, standup.plan, now))
        for one in open_ones(self._lately):
            for seat in one.seats.values():
                yield from (seat.ask.at, seat.ask.remind_at, seat.ask.until, one.closes)

    def _asks(self, standup: StandUp, plan: Plan, now: datetime) -> list[Ask]:
        key = (standup.id, plan, now.date())
        if key not in self._plans:
            self._plans[key] = asks(self.world, standup, plan, now)
        return self._plans[key]

    # What the clock does.

    def _step(self, now: datetime) -> None:
        self._lately = [one for one in self.rounds if one.opens > now - LATELY]
        for standup in self.world.standups.values():
            self._seat(standup, now)
            if standup.is_active:
                self._open(standup, now)
        for one in open_ones(self._lately):
            for person, seat in sorted(one.seats.items()):
                self._look_after(one, person, seat, now)
        for standup in self.world.standups.values():
            self._tell_what_was_missed(standup, now)
        for one in open_ones(self._lately):
            if one.closes <= now:
                self._close(one, now)
        self._seen = now

    def _seat(self, standup: StandUp, now: datetime) -> None:
        """Who is to be asked in an open round, and was not when it opened, gets a seat while there is time.

        An edit, and to switch it off, counts from the next round.
        """
        for one in open_ones(self._lately):
            if one.standup is standup:
                for ask in self._asks(standup, one.plan, now):
                    if one.takes(standup, one.plan, ask):
                        self._give_seat(one, ask)

    def _open(self, standup: StandUp, now: datetime) -> None:
        """A round opens when the first can be asked. What was over when it was first known of is nobody's fault, and no round."""
        planned = self._asks(standup, standup.plan, now)
        due = [ask for ask in planned if ask.at <= now and ask.until > self._seen]
        if all(self._is_known(standup, ask) for ask in due):
            return
        to_come = [ask for ask in planned if not self._is_known(standup, ask)]
        while to_come:
            first = to_come[0]
            one = Round(standup, standup.plan, first.day, first.at, first.until)
            its_own = [ask for ask in to_come if one.takes(standup, standup.plan, ask)]
            to_come = [ask for ask in to_come if ask not in its_own]
            its_own = [ask for ask in its_own if ask.until > self._seen]
            if any(self._can_be_asked(ask, now) for ask in its_own):
                one.opens = min(ask.at for ask in its_own)
                self.rounds.append(one)
                self._lately.append(one)
                for ask in its_own:
                    self._give_seat(one, ask)

    def _can_be_asked(self, ask: Ask, now: datetime) -> bool:
        return self.world.is_there_from(ask.person, ask.at, ask.until) <= min(
            now, ask.until - MINUTE
        )

    def _is_known(self, standup: StandUp, ask: Ask) -> bool:
        """A round has it already."""
        return any(
            one.takes(standup, standup.plan, ask) or one.has_asked(standup, standup.plan, ask)
            for one in self._lately
        )

    def _give_seat(self, one: Round, ask: Ask) -> None:
        """What somebody said ahead for that day is taken into their seat, and they are not asked."""
        asked = any(other.has_asked(one.standup, one.plan, ask) for other in self._lately)
        if not asked and ask.until > self._seen:
            state = OUT if (one.standup.id, ask) in self._out else DUE
            ahead = self._ahead.pop((one.standup.id, ask.person, ask.day), state)
            one.seats[ask.person] = Seat(ask, ahead)
            one.closes = max(one.closes, ask.until)

    def _look_after(self, one: Round, person: str, seat: Seat, now: datetime) -> None:
        """Ask, mark away or left, remind. Who was asked, was away, and is back was asked already."""
        if seat.state not in {DUE, ASKED, AWAY}:
            return
        if person not in self.world.members(one.standup.team, "agent", "lead"):
            seat.state = LEFT
        elif seat.asked_at is None:
            self._wait(one, seat, now)
        else:
            in_time = min(now, seat.ask.until - MINUTE)
            seat.state = AWAY if self.world.is_away(person, in_time) else ASKED
            is_due = seat.ask.remind_at <= now < seat.ask.until
            if seat.state == ASKED and is_due and not seat.is_reminded:
                seat.is_reminded = True
                if seat.asked_at < seat.ask.remind_at:
                    self._say(now, "reminds", one, person)

    def _wait(self, one: Round, seat: Seat, now: datetime) -> None:
        """Until they are asked, their seat follows the plan, as it is changed for them."""
        found = [
            ask
            for ask in self._asks(one.standup, one.plan, now)
            if ask.person == seat.ask.person and one.has_asked(one.standup, one.plan, ask)
        ]
        ask = min(found, key=lambda ask: abs(ask.until - seat.ask.until), default=None)
        if ask is None:
            seat.state = AWAY
        elif ask.until > now or seat.state == DUE:
            begins = self.world.is_there_from(ask.person, ask.at, ask.until)
            seat.ask, one.closes = ask, max(one.closes, ask.until)
            seat.state = AWAY if begins >= ask.until else DUE
            if begins < ask.until <= now:
                seat.state = NOT_ASKED if begins > self._seen else AWAY
            elif begins <= now < ask.until and not self.world.is_away(ask.person, now):
                self._ask(one, seat, now)

    def _ask(self, one: Round, seat: Seat, now: datetime) -> None:
        """In the message of the last half hour that still waits for an answer; else in one of this minute."""
        person = seat.ask.person
        waiting = waiting_messages(self._lately, person, since=now - JOINED)
        seat.state, seat.asked_at = ASKED, now
        seat.message = max(waiting)[1] if waiting else now
        self.messages[person, seat.message].add((one.standup.id, one.opens))
        self._say(now, "asks", one, person)
        habits = self.habits[person]
        how, share = habits[self._times_asked[person] % len(habits)]
        self._times_asked[person] += 1
        for word in how.split():
            after = round(one.plan.window * share) * MINUTE
            self._will(now + after, Says(person, one.standup.id, word, one.opens))
            share += 1

    def _tell_what_was_missed(self, standup: StandUp, now: datetime) -> None:
        """The leads, or the managers if nobody leads, hear once that some or all of a round could not be asked."""
        leads = self.world.leads(standup.team)
        missed = []
        for one in open_ones(self._lately):
            states = {seat.state for seat in one.seats.values()}
            if one.standup is not standup or one.is_told or NOT_ASKED not in states:
                continue
            one.is_told = True
            if states <= {NOT_ASKED, AWAY}:
                one.state = "missed"
                missed.append(one)
            else:
                for lead in leads:
                    self._say(now, "missed some", one, lead)
        for lead in leads if missed else ():
            self._say(now, "missed", max(missed, key=lambda one: one.opens), lead)

    def _close(self, one: Round, now: datetime) -> None:
        one.state, one.closed_at = "closed", now
        for seat in one.seats.values():
            if seat.state == ASKED:
                seat.state = SILENT
        found = (f"{person} {seat.state}" for person, seat in sorted(one.seats.items()))
        if one.is_held:
            self._say(now, "sums up", one, ", ".join(found))

    # What people do.

    def _will(self, at: datetime, act: Act) -> None:
        at = self.down[1] if self.down[0] <= at < self.down[1] else at
        self._to_come.append((at, act))

    def _do(self, act: Act, now: datetime) -> bool:
        """False if nobody can do this now."""
        if not isinstance(act, Says):
            self._plans.clear()
            return act.change(self.world, now)
        if act.opens is None:
            return self._say_ahead(act, now)
        named = act.standup, act.opens
        one = next(r for r in self.rounds if (r.standup.id, r.opens) == named)
        return self._answer(one, act, now)

    def _answer(self, one: Round, act: Says, now: datetime) -> bool:
        """Until a day after the close. The first answer after the close gets a line; a change does not."""
        seat, is_late = one.seats[act.person], one.state != "open"
        there = self.world.members(one.standup.team, "agent", "lead", "manager")
        is_over = one.closed_at and now >= one.closed_at + LATE_FOR
        if is_over or seat.state == LEFT or act.person not in there:
            return False
        if act.how == "out":
            self._is_out_today(act.person, now)
            return True
        if act.how == "skip" and seat.state not in {DUE, ASKED}:
            return False
        if is_late and seat.state != ANSWERED:
            self._say(now, "adds", one, act.person)
        seat.state = SAYING[act.how]
        return True

    def _say_ahead(self, act: Says, now: datetime) -> bool:
        """For the next round of this stand-up in which they are to be asked."""
        standup = self.world.standups[act.standup]
        to_come = (one for one in self._asks(standup, standup.plan, now) if one.at > now)
        ask = next((one for one in to_come if one.person == act.person), None)
        if ask and standup.is_active:
            self._ahead[act.standup, act.person, ask.day] = SAYING[act.how]
        return ask is not None and standup.is_active

    def _is_out_today(self, person: str, now: datetime) -> None:
        """Nothing more that is planned now is asked of them until their own midnight."""
        today = local_day(now, self.world.zones[person])
        midnight = wall(today + timedelta(days=1), time(), self.world.zones[person])
        for standup in self.world.standups.values():
            for ask in self._asks(standup, standup.plan, now) if standup.is_active else ():
                if ask.person == person and now < ask.at < midnight:
                    self._out.add((standup.id, ask))
        for one in open_ones(self._lately):
            seat = one.seats.get(person)
            if seat and seat.state in {DUE, ASKED} and seat.ask.at < midnight:
                seat.state = OUT

    def _say(self, now: datetime, kind: str, one: Round, who: str) -> None:
        self.said.append(Said(now, kind, one.standup.id, one.opens, who))
