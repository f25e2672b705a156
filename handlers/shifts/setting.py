"""Setting shifts: the forms of a weekly one, of a single day, and of a change for one person."""

from dataclasses import dataclass
from datetime import date

from bot.errors import Refused
from bot.rules.shifts import DayChange, Pattern
from bot.rules.shifts.drafts import OverrideDraft, PatternDraft
from bot.services import shifts
from bot.services.shifts.setting import GONE
from bot.views.shifts import form, setup
from handlers.request import Json, Request
from handlers.shifts import fields
from handlers.shifts.looking import Looking
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Setting:
    db: Database
    looking: Looking

    async def new_pattern(self, request: Request) -> None:
        team, _none = await shifts.open_pattern(self.db, request.person, request.value, "")
        await _push(request, form.pattern_form(team, request.t))

    async def open_pattern(self, request: Request) -> None:
        await _push(request, (await self._opened(request))[1])

    async def save_pattern(self, request: Request) -> None:
        carried = form.carried(request.metadata)
        person, key, now = request.person, request.key, request.now
        draft = pattern_draft(request)
        if "pattern" in carried:
            seen = _seen(carried["team"], carried["pattern"], int(carried["version"]))
            await shifts.change_pattern(self.db, person, seen, draft, key=key, now=now)
        else:
            await shifts.add_pattern(self.db, person, carried["team"], draft, key=key, now=now)
        await self.looking.redraw_below(request, carried["team"])

    async def remove_pattern(self, request: Request) -> None:
        """The form says what was taken out; the list below it is drawn anew."""
        team_id, pattern_id, version = request.value.split(":")
        pattern, _form = await self._opened(request)
        seen = _seen(team_id, pattern_id, int(version))
        await shifts.remove_pattern(self.db, request.person, seen, key=request.key, now=request.now)
        view = setup.removed(pattern, request.t)
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)
        await self.looking.redraw_below(request, team_id)

    async def new_day(self, request: Request) -> None:
        team, patterns = await shifts.list_patterns(self.db, request.person, request.value)
        await _push(request, form.day_form(team, patterns, request.t))

    async def save_day(self, request: Request) -> None:
        team_id = form.carried(request.metadata)["team"]
        change = _day_change(request)
        await shifts.set_day(
            self.db, request.person, team_id, change, key=request.key, now=request.now
        )
        await self.looking.redraw_below(request, team_id)

    async def remove_day(self, request: Request) -> None:
        team_id, pattern_id, day = request.value.split(":")
        change = DayChange(pattern_id, date.fromisoformat(day))
        await shifts.remove_day(
            self.db, request.person, team_id, change, key=request.key, now=request.now
        )
        await self.looking.show(request, team_id)

    async def new_override(self, request: Request) -> None:
        team, _none = await shifts.open_pattern(self.db, request.person, request.value, "")
        await _push(request, form.override_form(team, request.t))

    async def save_override(self, request: Request) -> None:
        team_id = form.carried(request.metadata)["team"]
        await shifts.add_override(
            self.db,
            request.person,
            team_id,
            override_draft(request),
            key=request.key,
            now=request.now,
        )
        await self.looking.redraw_below(request, team_id)

    async def remove_override(self, request: Request) -> None:
        team_id, _colon, override_id = request.value.partition(":")
        await shifts.remove_override(
            self.db, request.person, team_id, override_id, key=request.key, now=request.now
        )
        await self.looking.show(request, team_id)

    async def _opened(self, request: Request) -> tuple[Pattern, Json]:
        """The pattern that a button names, and its form."""
        team_id, pattern_id = request.value.split(":")[:2]
        team, pattern = await shifts.open_pattern(self.db, request.person, team_id, pattern_id)
        if pattern is None:
            raise Refused(GONE)
        return pattern, form.pattern_form(team, request.t, pattern)


def pattern_draft(request: Request) -> PatternDraft:
    held = request.fields
    return PatternDraft(
        tuple(held.get("weekdays") or ()),
        fields.clock(held.get("start")),
        fields.clock(held.get("end")),
        tuple(held.get("people") or ()),
        str(held.get("name") or "").strip(),
        fields.day(held.get("valid_from")),
        fields.day(held.get("valid_until")),
    )


def override_draft(request: Request) -> OverrideDraft:
    held = request.fields
    return OverrideDraft(
        str(held.get("change") or ""),
        str(held.get("person") or ""),
        str(held.get("instead_of") or ""),
        fields.day(held.get("day")),
        fields.clock(held.get("start")),
        fields.clock(held.get("end")),
    )


def _day_change(request: Request) -> DayChange | None:
    held = request.fields
    day = fields.day(held.get("day"))
    if day is None:
        return None
    start, end = fields.clock(held.get("start")), fields.clock(held.get("end"))
    return DayChange(str(held.get("pattern") or ""), day, start, end)


def _seen(team_id: str, pattern_id: str, version: int) -> Pattern:
    """What the form or the button was drawn for: only these three count."""
    nowhen = PatternDraft(start=fields.clock("00:00"), end=fields.clock("00:00"))
    return nowhen.written(pattern_id, team_id, version)


async def _push(request: Request, view: Json) -> None:
    await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)
