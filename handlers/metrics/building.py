"""Digests from Slack: the list, the form with its preview and test, and the buttons beside each."""

from dataclasses import dataclass

from bot.errors import FormProblems
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digests import About, DigestDraft
from bot.services.metrics.digest import building, wanting
from bot.services.metrics.digest.building import Seen
from bot.text import _
from bot.views.metrics import builder, ids
from bot.views.metrics import digest_form as views
from handlers import channels
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.raising import show
from handlers.people import learn
from handlers.request import Json, Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database

SENT = _("I have sent you a test. Look at your conversation with me.")


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Building(db)
    words["digests"] = handlers.open_list
    router.clicks[ids.BUILDER_OPEN] = handlers.open_list_of_team
    router.clicks[ids.DIGEST_NEW] = handlers.new_digest
    router.clicks[ids.DIGEST_CHANGE] = handlers.change
    router.clicks[ids.DIGEST_PREVIEW] = handlers.preview
    router.clicks[ids.DIGEST_TEST] = handlers.send_test
    router.clicks[ids.DIGEST_PAUSE] = handlers.pause
    router.clicks[ids.DIGEST_RESUME] = handlers.resume
    router.clicks[ids.DIGEST_REMOVE] = handlers.remove
    router.clicks[ids.DIGEST_STOP] = handlers.stop
    router.clicks[ids.DIGEST_WANT] = handlers.have_again
    router.submissions[ids.DIGEST_FORM] = handlers.save


@dataclass(frozen=True, slots=True)
class Building:
    db: Database

    async def open_list(self, request: Request) -> None:
        await show(request, await self._list(request, ""))

    async def open_list_of_team(self, request: Request) -> None:
        """In place of what the button stood on, so that the form and its preview have room above it."""
        view = await self._list(request, request.value)
        if request.body.get("view", {}).get("type") == "modal":
            await request.client.views_update(view_id=request.body["view"]["id"], view=view)
        else:
            await show(request, view)

    async def new_digest(self, request: Request) -> None:
        await self._form(request, request.value)

    async def change(self, request: Request) -> None:
        seen = _named(request)
        await self._form(request, seen.team_id, seen.digest_id)

    async def save(self, request: Request) -> None:
        """Slack is asked about the channel and the people first, so that nothing waits for it inside a transaction."""
        seen, draft = await self._drafted(request)
        if problem := await channels.find_problem(request.client, draft.channel):
            raise FormProblems({"channel": problem})
        await building.save(self.db, request.person, seen, draft, key=request.key, now=request.now)
        await self._redraw_below(request)

    async def preview(self, request: Request) -> None:
        seen, draft = await self._drafted(request)
        told = await building.preview(self.db, request.person, seen, draft, now=request.now)
        await show(request, views.preview(told, request.t))

    async def send_test(self, request: Request) -> None:
        seen, draft = await self._drafted(request)
        await building.send_test(
            self.db, request.person, seen, draft, request.t, key=request.key, now=request.now
        )
        await request.whisper(request.t(SENT))

    async def pause(self, request: Request) -> None:
        await self._switch(request, is_on=False)

    async def resume(self, request: Request) -> None:
        await self._switch(request, is_on=True)

    async def remove(self, request: Request) -> None:
        await building.remove(
            self.db, request.person, _named(request), key=request.key, now=request.now
        )
        await self._redraw(request)

    async def stop(self, request: Request) -> None:
        await self._want(request, is_wanted=False)

    async def have_again(self, request: Request) -> None:
        await self._want(request, is_wanted=True)

    async def _want(self, request: Request, *, is_wanted: bool) -> None:
        """In the list, or in the message itself, which draws itself anew."""
        person, key, now = request.person, request.key, request.now
        await wanting.want(self.db, person, request.value, is_wanted=is_wanted, key=key, now=now)
        if "view" in request.body:
            await self._redraw(request)

    async def _switch(self, request: Request, *, is_on: bool) -> None:
        await building.switch(
            self.db, request.person, _named(request), is_on=is_on, key=request.key, now=request.now
        )
        await self._redraw(request)

    async def _list(self, request: Request, team_id: str) -> Json:
        teams, found = await building.list_digests(
            self.db, request.person, team_id, now=request.now
        )
        mine = await wanting.sent_to(self.db, request.person, now=request.now)
        told = {one.digest.channel for one in found if one.digest.is_on}
        gone = await channels.gone(request.client, told)
        return builder.digest_list(
            *(teams, found, team_id, request.t),
            gone=gone,
            mine=mine,
            reader_id=request.person.id,
        )

    async def _form(self, request: Request, team_id: str, digest_id: str = "") -> None:
        form = await building.open_form(self.db, request.person, team_id, digest_id)
        view = views.digest_form(
            form.team,
            form.metrics,
            form.draft,
            form.digest,
            request.t,
            is_department=form.is_department,
            listed=request.metadata,
        )
        await show(request, view)

    async def _drafted(self, request: Request) -> tuple[Seen, DigestDraft]:
        seen, draft = Seen(*views.carried(request.metadata)), digest_draft(request)
        await building.open_form(self.db, request.person, seen.team_id, seen.digest_id)
        await learn(self.db, request, {*draft.readers, draft.person_id} - {""})
        return seen, draft

    async def _redraw(self, request: Request) -> None:
        """The list in which a button was clicked, as it is now."""
        await try_to(self._update(request, request.body["view"]["id"], request.metadata))

    async def _redraw_below(self, request: Request) -> None:
        """The list below the form. What is saved is saved, even if Slack does not hear this."""
        if below := request.body["view"].get("previous_view_id"):
            listed = views.listed_below(request.metadata)
            await try_to(self._update(request, below, listed))

    async def _update(self, request: Request, view_id: str, team_id: str) -> None:
        view = await self._list(request, team_id)
        await request.client.views_update(view_id=view_id, view=view)


def digest_draft(request: Request) -> DigestDraft:
    """What the form holds. A form for a digest that is there does not ask whose numbers it tells."""
    held = request.fields
    chosen = held.get("choices") or ()
    return DigestDraft(
        str(held.get("name") or ""),
        str(held.get("about") or About.TEAM),
        str(held.get("person") or ""),
        tuple(held.get("metrics") or ()),
        str(held.get("cadence") or Cadence.DAILY),
        fields.clock(held.get("at")),
        str(held.get("weekday") or ""),
        fields.whole(held.get("working_day")),
        str(held.get("channel") or ""),
        tuple(held.get("readers") or ()),
        has_chart=views.CHART in chosen,
        by_person=views.BY_PERSON in chosen,
        is_short=views.SHORT in chosen,
        has_workbook=views.WORKBOOK in chosen,
    )


def _named(request: Request) -> Seen:
    """What a button was drawn for."""
    team_id, digest_id, version = request.value.split(":")[:3]
    return Seen(team_id, digest_id, int(version))
