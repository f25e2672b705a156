"""Absences from Slack: `/baton away`, its forms, and the question when a status speaks of being away."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.people import Person, system
from bot.rules.absences import Absence, Draft, Kind
from bot.rules.statuses import Status
from bot.rules.wall_clock import day_of
from bot.services import absences as service
from bot.services import covers
from bot.services import people as people_service
from bot.views import absences as views
from handlers.escalations.afterwards import redraw_home, try_to
from handlers.request import Json, Reply, Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database


def register(router: Router, db: Database) -> None:
    handlers = AbsenceHandlers(db)
    router.clicks |= {
        views.AWAY_OPEN: handlers.open_form,
        views.AWAY_CHANGE: handlers.open_absence,
        views.AWAY_REMOVE: handlers.remove,
        views.AWAY_YES: handlers.accept,
        views.AWAY_NO: handlers.decline,
    }
    router.submissions[views.ABSENCE_FORM] = handlers.save


@dataclass(frozen=True, slots=True)
class AbsenceHandlers:
    db: Database

    async def open_form(self, request: Request) -> None:
        """The form for oneself, with what is noted already below it."""
        today = day_of(request.now, request.person.zone)
        await self._open(request, Draft(request.person.id, first=today))

    async def open_absence(self, request: Request) -> None:
        absence = await service.open_absence(self.db, request.person, request.value)
        view = views.change_form(absence, request.t)
        await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)

    async def save(self, request: Request) -> Reply | None:
        """A new one, one that was answered to an offer, or a change of one that is noted."""
        carried, draft = views.carried(request.metadata), absence_draft(request)
        person, key, now = request.person, request.key, request.now
        if "absence" in carried:
            draft = replace(draft, person_id=carried["person"])
            seen = _seen(person, carried["absence"], int(carried["version"]))
            absence = await service.change(self.db, person, seen, draft, key=key, now=now)
        elif "offer" in carried:
            offer = carried["offer"]
            absence = await service.add_from_offer(self.db, person, draft, offer, key=key, now=now)
        else:
            absence = await service.add(self.db, person, draft, key=key, now=now)
        await redraw_home(self.db, request)
        await self._redraw_below(request)
        if shifts := await covers.to_cover(self.db, person, absence, now=now):
            view = views.missed_modal(absence, shifts, request.t)
            return Reply(response_action="update", view=view)
        return None

    async def remove(self, request: Request) -> None:
        """The form says what was taken out; the one below it is drawn anew."""
        absence_id, _colon, version = request.value.partition(":")
        absence = await service.open_absence(self.db, request.person, absence_id)
        seen = replace(absence, version=int(version))
        await service.remove(self.db, request.person, seen, key=request.key, now=request.now)
        view = views.taken_out(absence, request.t)
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)
        await redraw_home(self.db, request)
        await self._redraw_below(request)

    async def accept(self, request: Request) -> None:
        """At once if the status says until when; else the form asks."""
        offer = await service.find_offer(self.db, request.person, request.value)
        if offer.ends_at is None:
            first = day_of(request.now, request.person.zone)
            await self._open(request, Draft(request.person.id, offer.kind, first), offer.id)
            return
        absence = await service.take_offer(
            self.db, request.person, offer.id, key=request.key, now=request.now
        )
        shifts = await covers.to_cover(self.db, request.person, absence, now=request.now)
        if shifts:
            await request.whisper(*views.missed(absence, shifts, request.t))
        else:
            await request.whisper(views.saved(absence, request.t))

    async def decline(self, request: Request) -> None:
        await service.decline_offer(
            self.db, request.person, request.value, key=request.key, now=request.now
        )

    async def _open(self, request: Request, draft: Draft, offer_id: str = "") -> None:
        seen = await service.see(self.db, request.person, now=request.now)
        view = views.new_form(draft, seen, request.t, offer_id=offer_id)
        await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)

    async def _redraw_below(self, request: Request) -> None:
        """The form below, with what is noted now. What is saved is saved, even if Slack does not hear this."""
        below = request.body["view"].get("previous_view_id")
        if not below:
            return
        await try_to(self._update(request, below))

    async def _update(self, request: Request, view_id: str) -> None:
        today = day_of(request.now, request.person.zone)
        seen = await service.see(self.db, request.person, now=request.now)
        view = views.new_form(Draft(request.person.id, first=today), seen, request.t)
        await request.client.views_update(view_id=view_id, view=view)


async def hear_status(db: Database, request: Request) -> None:
    """Slack says that somebody's profile changed. Who is in no team is not asked."""
    user: Json = request.body["event"]["user"]
    workspace_id = request.person.workspace_id
    about = await people_service.find(db, workspace_id, user["id"])
    if about is None:
        return
    profile: Json = user.get("profile") or {}
    expires = int(profile.get("status_expiration") or 0)
    status = Status(
        str(profile.get("status_text") or ""),
        str(profile.get("status_emoji") or ""),
        datetime.fromtimestamp(expires, UTC) if expires else None,
        datetime.fromtimestamp(float(request.body["event"].get("event_ts") or 0), UTC),
    )
    clock = system(workspace_id)
    await service.hear_status(db, clock, about, status, key=request.key, now=request.now)


def absence_draft(request: Request) -> Draft:
    held = request.fields
    return Draft(
        str(held.get("person") or request.person.id),
        str(held.get("kind") or ""),
        fields.day(held.get("first")),
        fields.day(held.get("until")),
        fields.clock(held.get("first_time")),
        fields.clock(held.get("until_time")),
        str(held.get("note") or ""),
    )


def _seen(person: Person, absence_id: str, version: int) -> Absence:
    """What the form was drawn for: only the id and the version count."""
    never = datetime.fromtimestamp(0, UTC)
    return Absence(person.workspace_id, absence_id, "", Kind.OTHER, never, never, version=version)
