"""`/sandbox/clock`: what time it is in the workspace, and moving it."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from sandbox.clock import LONGEST, AlreadyTravelling, CannotTravel, Travel
from sandbox.core import Core
from sandbox.kinds import Json
from sandbox.page_api.control import inspect
from sandbox.page_api.control.calls import BadRequest, body_of, call

logger = logging.getLogger(__name__)

SHOWN = 50  # sentences
BETWEEN = 0.1  # seconds from one frame to the next while the time runs fast
FIXED = "This clock is the machine's own and cannot be moved. `make demo` has one that can."
PLAYED_IN, LONGEST_PLAY = 60.0, 3600.0
FARTHEST = LONGEST.total_seconds()


@call("GET", "/clock")
async def read(core: Core, _: web.Request) -> Json:
    if core.travel is not None:
        await core.travel.next_due()
    return shown(core)


@call("POST", "/clock")
async def move(core: Core, request: web.Request) -> Json:
    """Set out, and answer at once: the frames tell how it goes."""
    asked = await body_of(request)
    travel = core.travel
    if travel is None:
        raise BadRequest(FIXED, status=409)
    if asked == {"stop": True}:
        await travel.stop()
        return shown(core)
    try:
        core.tasks.start(_travel(travel, _journey(travel, asked)))
    except AlreadyTravelling as refusal:
        raise BadRequest(str(refusal), status=409) from refusal
    except CannotTravel as refusal:
        raise BadRequest(str(refusal)) from refusal
    return shown(core)


def shown(core: Core) -> Json:
    """The clock as the page knows it."""
    travel, now = core.travel, core.clock.now()
    if travel is None:
        return {"now": _iso(now), "movable": False, "rate": 1.0, "travelling": False} | {
            "until": None,
            "stops": [],
            "next_due": None,
            "said": [],
        }
    stops = [{"title": one.title, "at": _iso(one.at)} for one in travel.stops(now)]
    said = [{"at": _iso(one.at), "text": one.text} for one in list(travel.said)[-SHOWN:]]
    return {
        "now": _iso(now),
        "movable": True,
        "rate": travel.rate,
        "travelling": travel.is_under_way,
        "until": _iso(travel.until) if travel.until else None,
        "stops": stops,
        "next_due": _iso(travel.due) if travel.due and travel.due > now else None,
        "said": said,
    }


@inspect.greeting
def greet(core: Core) -> Json:
    """The time at once; what is due next follows, since others must be asked for it."""
    if core.travel is not None:
        core.tasks.start(_look_ahead(core, core.travel))
    return _frame(core)


async def _look_ahead(core: Core, travel: Travel) -> None:
    known = travel.due
    if await travel.next_due() != known:
        inspect.publish(core, _frame(core))


def _frame(core: Core) -> Json:
    return {"type": "clock", "clock": shown(core)}


def announce(core: Core) -> None:
    """From now on, tell whoever watches when the clock is moved."""
    if core.travel is not None:
        core.travel.listeners.append(Announcer(core, core.travel).hear)


@dataclass
class Announcer:
    """A time that runs fast is told ten times a second; where it begins, stops, and what is said, at once."""

    core: Core
    travel: Travel
    _told: tuple[object, ...] = ()
    _later: asyncio.TimerHandle | None = None

    def hear(self) -> None:
        news = (self.travel.until, self.travel.rate, *list(self.travel.said)[-1:])
        if news != self._told:
            self._told = news
            self._tell()
        elif self._later is None:
            self._later = asyncio.get_running_loop().call_later(BETWEEN, self._tell)

    def _tell(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        inspect.publish(self.core, _frame(self.core))


def _journey(travel: Travel, asked: Json) -> Coroutine[Any, Any, None]:
    """Set out for what was asked. Raises BadRequest, CannotTravel."""
    match asked:
        case {"forward": seconds, **rest} if not rest:
            return travel.to(travel.clock.now() + timedelta(seconds=_number(seconds, FARTHEST)))
        case {"to": moment, **rest} if not rest:
            return travel.to(_moment(moment))
        case {"play": {"until": until, **more}, **rest} if not rest and more.keys() <= {"seconds"}:
            seconds = _number(more.get("seconds", PLAYED_IN), LONGEST_PLAY)
            return travel.play(_moment(until), seconds)
    raise BadRequest(
        'Say one of {"forward": seconds}, {"to": time}, {"play": {"until": time, "seconds": 60}} and {"stop": true}.'
    )


def _number(given: object, most: float) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= most:
        raise BadRequest(f"Seconds must be a number from 0 to {most:.0f}.")
    return given


def _moment(given: object) -> datetime:
    try:
        return datetime.fromisoformat(str(given))
    except ValueError:
        raise BadRequest("A time must be written like 2026-03-02T08:55:00+02:00.") from None


async def _travel(travel: Travel, journey: Coroutine[Any, Any, None]) -> None:
    """Nobody waits for this one, so what ends it early is said where the page shows it."""
    try:
        await journey
    except CannotTravel as problem:
        travel.say(str(problem))
    except Exception:
        logger.exception("The journey broke off.")
        travel.say("Something went wrong on the way, so the clock stays here.")


def _iso(moment: datetime) -> str:
    return moment.isoformat()
