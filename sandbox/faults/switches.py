"""The faults that are on: switched by a test, by the page or by a call, and asked at every moment of every passage."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from weakref import WeakSet

from sandbox.faults import effects
from sandbox.faults.effects import Effect
from sandbox.faults.kinds import KINDS, Kind
from sandbox.faults.passage import Passage, When
from sandbox.faults.tiers import PER_MINUTE, Limiter
from sandbox.kinds import Json
from sandbox.workspace import Workspace

# For as long as it is not switched off.
ALWAYS = None
EVERYTHING = "*"
RESPONSE_URL = "response_url"
DELIVERIES = ("events_api", "slash_commands", "interactive")
Doing = Callable[[Json], Awaitable[None] | None]


class NoSuchFault(ValueError):
    """What was asked for is no fault; the message says why."""


@dataclass(eq=False)
class Fault:
    """`times` None is until switched off. A `kind` of "" is a test's own."""

    kind: str
    target: str
    when: When
    effect: Effect
    times: int | None
    fields: Json = field(default_factory=dict)
    where: Callable[[Passage], bool] = lambda _: True
    # Set when it is switched off: whoever waits because of it goes on.
    released: asyncio.Event = field(default_factory=asyncio.Event)
    id: str = ""
    struck: int = 0

    @property
    def is_over(self) -> bool:
        return self.times is not None and self.struck >= self.times

    def hurry(self) -> "Fault":
        """Whoever it keeps waiting gives up at once, so that a test need not wait for real."""
        self.released.set()
        return self

    def fits(self, passage: Passage, when: When) -> bool:
        if self.is_over or when != self.when:
            return False
        if self.target not in {passage.name, EVERYTHING}:
            return False
        return _is_struck(self.kind, passage) and self.where(passage)

    def shown(self) -> Json:
        kind = KINDS[self.kind]
        shape = {"id": self.id, "kind": self.kind, "title": kind.title, "target": self.target}
        return shape | {"times": self.times, "struck": self.struck} | self.fields


@dataclass
class Faults:
    workspace: Workspace
    # Closes every socket, in the way that is named.
    close_sockets: Callable[[str], None]
    active: list[Fault] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    # What somebody may still wait for, also because of a fault that has struck often enough.
    _waited_for: WeakSet[asyncio.Event] = field(default_factory=WeakSet)

    # the kinds that Slack's own troubles come in

    def start(
        self, kind: str, target: str = EVERYTHING, times: int | None = None, **fields: object
    ) -> Fault:
        """Switch a fault on, for the next `times` or until it is switched off. Raises NoSuchFault."""
        return self.switch_on(kind, target, times, fields)

    def switch_on(self, kind: str, target: str, times: int | None, fields: Json) -> Fault:
        """The same, with fields that somebody else chose. Raises NoSuchFault."""
        known, chosen = _checked(kind, target, times, fields)
        if kind == "close_sockets":
            return self._close(target, chosen)
        released = asyncio.Event()
        self._waited_for.add(released)
        fault = Fault(kind, target, known.when, _nothing, times, chosen, released=released)
        if kind == "tiers":
            limiter = Limiter(self.workspace.clock)
            fault.where, fault.effect = limiter.is_too_many, effects.keep_to(limiter)
        else:
            fault.effect = effects.EFFECTS[kind](chosen, released)
        return self._add(fault)

    def stop(self, fault_id: str) -> bool:
        """False when it is off already."""
        found = next((one for one in self.active if one.id == fault_id), None)
        if found is not None:
            self._end(found)
        return found is not None

    def clear(self) -> None:
        """Switch everything off, and let go whoever is still kept waiting."""
        for fault in list(self.active):
            self._end(fault)
        for released in self._waited_for:
            released.set()

    def shown(self) -> list[Json]:
        """Those that are on, but for a test's own."""
        return [one.shown() for one in self.active if one.kind]

    # what a test does itself

    def on(
        self,
        name: str,
        when: When = "before",
        *,
        do: Doing,
        times: int | None = 1,
        where: Callable[[Json], bool] = lambda _: True,
    ) -> Fault:
        """Run `do` with the call's arguments the next `times` times (those for which `where` holds)."""

        def effect(passage: Passage) -> Awaitable[None] | None:
            return do(passage.payload)

        fault = Fault("", _target(name), when, effect, times)
        fault.where = lambda passage: where(passage.payload)
        return self._add(fault)

    def reply(
        self,
        name: str,
        status: int,
        headers: dict[str, str] | None = None,
        body: Json | str = "",
        times: int | None = 1,
    ) -> Fault:
        """Answer with this instead of handling the call."""
        effect = effects.answer(status, headers or {}, body)
        return self._add(Fault("", _target(name), "before", effect, times))

    def drop(self, name: str, when: When = "before", times: int | None = 1) -> Fault:
        """Cut the connection, before the call is handled or after its effect is stored."""
        return self._add(Fault("", _target(name), when, effects.drop(), times))

    # what passes

    async def interfere(self, passage: Passage, when: When) -> None:
        for fault in [one for one in self.active if one.fits(passage, when)]:
            fault.struck += 1
            passage.fault = passage.fault or fault.kind
            if fault.is_over:
                self.active.remove(fault)
            self._changed(fault)
            doing = fault.effect(passage)
            if inspect.isawaitable(doing):
                await doing

    def _add(self, fault: Fault) -> Fault:
        fault.id = f"F{next(self._numbers)}"
        self.active.append(fault)
        self._changed(fault)
        return fault

    def _end(self, fault: Fault) -> None:
        self.active.remove(fault)
        fault.released.set()
        self._changed(fault)

    def _close(self, target: str, chosen: Json) -> Fault:
        fault = Fault("close_sockets", target, "before", _nothing, 1, chosen)
        fault.id, fault.struck = f"F{next(self._numbers)}", 1
        self.close_sockets(str(chosen["reason"]))
        return fault

    def _changed(self, fault: Fault) -> None:
        if fault.kind:
            self.workspace.changed("faults", frozenset())


def _nothing(_: Passage) -> None:
    pass


def _target(name: str) -> str:
    """Deliveries are called `delivery.events_api` too."""
    return name.removeprefix("delivery.")


def _is_struck(kind: str, passage: Passage) -> bool:
    """Whether a fault of this kind concerns it at all."""
    match KINDS[kind].strikes if kind else "both":
        case "api":
            return passage.kind != "delivery"
        case "delivery":
            return passage.kind == "delivery"
        case "token":
            return passage.by_token
        case _:
            return True


def _checked(kind: str, target: str, times: int | None, fields: Json) -> tuple[Kind, Json]:
    known = KINDS.get(kind)
    if known is None:
        raise NoSuchFault(f"There is no fault “{kind}”, only {', '.join(KINDS)}.")
    is_delivery = target in DELIVERIES
    if (known.strikes in {"api", "token"} and is_delivery) or (
        known.strikes == "delivery" and not is_delivery and target != EVERYTHING
    ):
        raise NoSuchFault(f"“{known.title}” cannot strike {target}.")
    if not is_delivery and target not in {EVERYTHING, RESPONSE_URL, *PER_MINUTE}:
        raise NoSuchFault(f"There is nothing called {target} to strike.")
    if times is not None and (not isinstance(times, int) or isinstance(times, bool) or times < 1):
        raise NoSuchFault("How often it strikes is a whole number above 0, or nothing.")
    asked = {one.name: one for one in known.fields}
    if unknown := fields.keys() - asked.keys():
        raise NoSuchFault(f"“{known.title}” has no {', '.join(sorted(unknown))}.")
    try:
        chosen = {name: one.checked(fields.get(name, one.default)) for name, one in asked.items()}
    except ValueError as error:
        raise NoSuchFault(str(error)) from error
    return known, chosen
