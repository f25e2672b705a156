"""Where a test interferes: every Web API call and every delivery passes here, and by default nothing happens.

A call passes three times: "before" it is handled, when its effect is "stored" but not yet answered,
and when it is "answered". Deliveries are named `delivery.events_api`, `delivery.slash_commands`
and `delivery.interactive`, and pass "before" and "answered".
"""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from sandbox.kinds import Json

When = Literal["before", "stored", "answered"]
Doing = Callable[[Json], Awaitable[None] | None]
ALWAYS = 1_000_000_000


class Dropped(Exception):
    """The connection is to be cut without an answer."""


class Replied(Exception):
    """This answer is to be given instead of the real one."""

    def __init__(self, status: int, headers: dict[str, str], body: Json | str) -> None:
        super().__init__(f"{status}")
        self.status, self.headers, self.body = status, headers, body


@dataclass
class Rule:
    name: str
    when: When
    do: Doing
    times: int
    where: Callable[[Json], bool] | None = None

    def fits(self, name: str, when: When, payload: Json) -> bool:
        if self.times <= 0 or when != self.when or self.name not in {name, "*"}:
            return False
        return self.where is None or self.where(payload)


@dataclass
class Faults:
    rules: list[Rule] = field(default_factory=list)

    def on(
        self,
        name: str,
        when: When = "before",
        *,
        do: Doing,
        times: int = 1,
        where: Callable[[Json], bool] | None = None,
    ) -> Rule:
        """Run `do` with the call's arguments the next `times` times (those for which `where` holds)."""
        rule = Rule(name, when, do, times, where)
        self.rules.append(rule)
        return rule

    def reply(
        self,
        name: str,
        status: int,
        headers: dict[str, str] | None = None,
        body: Json | str = "",
        times: int = 1,
    ) -> Rule:
        """Answer with this instead of handling the call."""

        def answer(_: Json) -> None:
            raise Replied(status, headers or {}, body)

        return self.on(name, do=answer, times=times)

    def drop(self, name: str, when: When = "before", times: int = 1) -> Rule:
        """Cut the connection, before the call is handled or after its effect is stored."""

        def cut(_: Json) -> None:
            raise Dropped(name)

        return self.on(name, when, do=cut, times=times)

    def clear(self) -> None:
        self.rules.clear()

    async def run(self, name: str, when: When, payload: Json) -> None:
        for rule in [one for one in self.rules if one.fits(name, when, payload)]:
            rule.times -= 1
            if rule.times <= 0:
                self.rules.remove(rule)
            doing = rule.do(payload)
            if inspect.isawaitable(doing):
                await doing
