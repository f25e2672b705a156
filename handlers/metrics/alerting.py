"""Alerts from Slack: `/metrics alerts`, the form with what it would do, and the buttons of the message."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import FormProblems
from bot.rules.metrics.alert import alert_forms
from bot.rules.metrics.alert.alert_forms import Draft, Drawn
from bot.services.metrics.alert import alert_answers, alerts
from bot.services.metrics.alert.alert_answers import clicked
from bot.views.metrics import alert_pages as views
from bot.views.metrics import alerts as cards
from bot.views.metrics import ids
from bot.views.metrics.targets import place_of
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.raising import Raising, show
from handlers.metrics.targeting import show_in_place, sign_of
from handlers.request import Json, Reply, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    setting, answering = Setting(db), Answering(db, Raising(db))
    words["alerts"] = setting.command
    router.clicks |= {
        ids.ALERTS_OPEN: setting.open,
        ids.ALERT_SHOW: setting.show_one,
        ids.ALERT_NEW: setting.new,
        ids.ALERT_CHANGE: setting.change,
        ids.ALERT_AGAIN: setting.again,
        ids.ALERT_REMOVE: setting.remove,
        ids.ALERT_SEEN: answering.acknowledge,
        ids.ALERT_SNOOZE: answering.snooze,
        ids.ALERT_ESCALATE: answering.ask_escalate,
    }
    router.submissions |= {ids.ALERT_FORM: setting.preview, ids.ALERT_SAVE: setting.save}


@dataclass(frozen=True, slots=True)
class Setting:
    """The list, one of it, and its form."""

    db: Database

    async def command(self, request: Request) -> None:
        await show(request, await self._drawn(request, ""))

    async def open(self, request: Request) -> None:
        """A team's list, or a page of it, in place of the modal that the button stood on: so forms have room above it."""
        at, team_id = place_of(request.value)
        await show_in_place(request, await self._drawn(request, team_id, at))

    async def show_one(self, request: Request) -> None:
        found = await alerts.open_one(self.db, request.person, request.value, now=request.now)
        await show(request, views.one_alert(found, request.t))

    async def new(self, request: Request) -> None:
        seen = await alerts.see_to_set(self.db, request.person, request.value)
        alert = alert_forms.new(seen.team.workspace_id, "", seen.team.id, request.person.id)
        draft = Draft(minimum_n=str(seen.minimum_n), readers=(request.person.id,))
        await show(request, views.form(seen, draft, alert, request.t))

    async def change(self, request: Request) -> None:
        """In place of what is open of it; from its message, opened."""
        found = await alerts.open_one(self.db, request.person, request.value, now=request.now)
        team_id = found.team.id
        seen = await alerts.see_to_set(self.db, request.person, team_id)
        draft = Draft.of(found.alert, found.metric, sign_of(request.t))
        await show_in_place(request, views.form(seen, draft, found.alert, request.t))

    async def preview(self, request: Request) -> Reply:
        """What it would do, in place of the form, which is kept."""
        carried = views.carried(request.metadata)
        draft = _draft(request, is_new=not carried["version"])
        found = await alerts.preview(
            self.db, request.person, _drawn(carried), draft, now=request.now
        )
        found = replace(found, alert=replace(found.alert, version=carried["version"]))
        return Reply(response_action="update", view=views.preview(found, draft, request.t))

    async def again(self, request: Request) -> None:
        """The form with what was typed."""
        carried = views.carried(request.metadata)
        person, team_id = request.person, carried["team"]
        seen = await alerts.see_to_set(self.db, person, team_id)
        new = alert_forms.new(person.workspace_id, carried["alert"], team_id, person.id)
        alert = replace(new, version=carried["version"])
        view = views.form(seen, views.draft_of(carried["draft"]), alert, request.t)
        await show_in_place(request, view)

    async def save(self, request: Request) -> None:
        """What became wrong since it was tried is said on top, since what it was typed in is not there any more."""
        carried = views.carried(request.metadata)
        try:
            await alerts.save(
                *(self.db, request.person, _drawn(carried)),
                views.draft_of(carried["draft"]),
                key=request.key,
                now=request.now,
            )
        except FormProblems as refused:
            raise next(iter(refused.problems.values())) from refused
        await self._redraw_below(request, carried["team"])

    async def remove(self, request: Request) -> None:
        """What was open of it becomes the list, as does what is below."""
        team_id, alert_id, version = request.value.split(":")
        await alerts.remove(
            *(self.db, request.person, Drawn(team_id, alert_id, int(version))),
            key=request.key,
            now=request.now,
        )
        await try_to(show_in_place(request, await self._drawn(request, team_id)))
        await self._redraw_below(request, team_id)

    async def _drawn(self, request: Request, team_id: str, at: int = 0) -> Json:
        seen = await alerts.see(self.db, request.person, team_id)
        return views.page(seen, at, request.t)

    async def _redraw_below(self, request: Request, team_id: str) -> None:
        below = request.body["view"].get("previous_view_id")
        if below:
            await try_to(self._update(request, below, team_id))

    async def _update(self, request: Request, view_id: str, team_id: str) -> None:
        view = await self._drawn(request, team_id)
        await request.client.views_update(view_id=view_id, view=view)


@dataclass(frozen=True, slots=True)
class Answering:
    """The buttons of the message, which draws itself anew."""

    db: Database
    raising: Raising

    async def acknowledge(self, request: Request) -> None:
        await alert_answers.acknowledge(
            self.db, request.person, clicked(request.value), key=request.key, now=request.now
        )

    async def snooze(self, request: Request) -> None:
        packed, _colon, days = request.value.rpartition(":")
        await alert_answers.snooze(
            *(self.db, request.person, clicked(packed), int(days)),
            key=request.key,
            now=request.now,
        )

    async def ask_escalate(self, request: Request) -> None:
        """The form of escalations, filled with what was told."""
        about = clicked(request.value)
        found = await alert_answers.see_to_escalate(self.db, request.person, about)
        draft = cards.drafted(found, request.t)
        await self.raising.show_form_for_alert(request, about.packed(), draft, found.team.id)


def _drawn(carried: Mapping[str, Any]) -> Drawn:
    return Drawn(carried["team"], carried["alert"], carried["version"])


def _draft(request: Request, *, is_new: bool) -> Draft:
    held = request.fields
    return Draft(
        metric=str(held.get("metric") or ""),
        person_id=str(held.get("person") or ""),
        side=str(held.get("side") or ""),
        threshold=str(held.get("threshold") or ""),
        clear_at=str(held.get("clear_at") or ""),
        minimum_n=str(held.get("minimum_n") or "").strip(),
        days=str(held.get("days") or ""),
        readers=tuple(held.get("readers") or ()),
        is_on=is_new or bool(held.get("is_on")),
        sign=sign_of(request.t),
    )
