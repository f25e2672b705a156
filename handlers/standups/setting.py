"""Setting stand-ups up from Slack: the form of their settings, the calendar that is looked at before saving, on and off."""

from dataclasses import dataclass, replace

from bot.errors import FormProblems
from bot.rules.standups import drafts
from bot.rules.standups.drafts import SettingsDraft
from bot.rules.standups.outlook import Listed
from bot.rules.teams import Team
from bot.services.standups import outlooks, setting
from bot.services.standups.setting import ChangedMeanwhile, Seen
from bot.views import notices
from bot.views.blocks import Block
from bot.views.standups import calendar, ids, settings
from handlers import channels
from handlers.command import Words
from handlers.request import Json, Reply, Request
from handlers.router import Router
from handlers.shifts import fields
from handlers.standups.questioning import Questioning
from handlers.standups.set_ups import SetUps, named, push, redraw, with_channel
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    set_ups = SetUps(db)
    handlers, questioning = Setting(db, set_ups), Questioning(db, set_ups)
    words["setup"] = set_ups.command
    router.clicks |= {
        ids.SET_UP: set_ups.open_list,
        ids.SHOW: set_ups.open_page,
        ids.NEW: set_ups.choose_template,
        ids.CALENDAR: handlers.open_calendar,
        ids.CALENDAR_PAGE: handlers.turn_calendar,
        ids.TEMPLATE: handlers.fill_in,
        ids.EDIT: handlers.open_settings,
        ids.MOMENT: handlers.change_moment,
        ids.SWITCH: handlers.switch,
        ids.QUESTION_ADD: questioning.open,
        ids.QUESTION_EDIT: questioning.open,
        ids.QUESTION_UP: questioning.move_up,
        ids.QUESTION_REMOVE: questioning.remove,
        ids.QUESTION_KIND: questioning.change_kind,
    }
    router.submissions |= {
        ids.SETTINGS_FORM: handlers.save_settings,
        ids.QUESTION_FORM: questioning.save,
    }


@dataclass(frozen=True, slots=True)
class Setting:
    db: Database
    set_ups: SetUps

    async def fill_in(self, request: Request) -> None:
        """The template that was chosen becomes the form of a new stand-up, in place of the list of templates."""
        team_id, template = request.value.split(":")
        team, standup = await outlooks.open_template(self.db, request.person, team_id, template)
        view = settings.new_form(team, standup, template, request.t)
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def open_settings(self, request: Request) -> None:
        """Whoever opens the form sees the newest."""
        of = named(request)
        team, listed = await outlooks.open_form(self.db, request.person, of.team_id, of.standup_id)
        assert listed is not None
        await push(request, settings.edit_form(team, listed, request.t))

    async def change_moment(self, request: Request) -> None:
        """The fields that the chosen moment needs, and everything typed so far."""
        held, draft = settings.carried(request.metadata), settings_draft(request)
        team, listed = await outlooks.open_form(self.db, request.person, held.team, held.standup)
        above, below = await self._around(request, listed, held)
        view = settings.settings_form(team, draft, held, request.t, above=above, below=below)
        await redraw(request, view)

    async def save_settings(self, request: Request) -> Reply | None:
        """Slack is asked about the channel first. If somebody else saved it meanwhile, the form says so and stays."""
        held, draft = settings.carried(request.metadata), settings_draft(request)
        person, key, now = request.person, request.key, request.now
        team, _listed = await outlooks.open_form(self.db, person, held.team)
        if problem := await channels.find_problem(request.client, draft.channel):
            raise FormProblems({"channel": problem})
        try:
            if held.standup:
                of = Seen(held.team, held.standup, held.version)
                saved = await setting.change_settings(self.db, person, of, draft, key=key, now=now)
            else:
                saved = await setting.add(
                    self.db, person, held.team, held.template, draft, key=key, now=now
                )
        except ChangedMeanwhile as stale:
            view = _again(team, stale, held, draft, request)
            return Reply(response_action="update", view=view)
        await self.set_ups.redraw_below(request, saved.team_id, saved.id)
        return None

    async def switch(self, request: Request) -> None:
        """From the list or from the page of one, which is drawn anew."""
        is_active = request.value.endswith(":on")
        async with self.set_ups.drawn_anew(request):
            await setting.switch(
                self.db,
                request.person,
                named(request),
                is_active=is_active,
                key=request.key,
                now=request.now,
            )

    async def open_calendar(self, request: Request) -> None:
        """Of a saved stand-up, or of what the form beneath holds right now."""
        if request.value:
            saved = named(request)
            held = calendar.Carried(saved.team_id, saved.standup_id)
        else:
            of = settings.carried(request.metadata)
            held = calendar.Carried(of.team, of.standup, settings_draft(request))
        try:
            await push(request, await self._calendar(request, held, 0))
        except FormProblems as refused:
            await push(
                request, notices.notice(settings.problems(refused.problems, request.t), request.t)
            )

    async def turn_calendar(self, request: Request) -> None:
        held = calendar.carried(request.metadata)
        view = await self._calendar(request, held, int(request.value))
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def _calendar(self, request: Request, held: calendar.Carried, page: int) -> Json:
        seen = await outlooks.foresee(
            self.db, request.person, held.team, held.standup, held.draft, now=request.now
        )
        return calendar.calendar(await with_channel(request, seen), held, request.t, page)

    async def _around(
        self, request: Request, listed: Listed | None, held: settings.Carried
    ) -> tuple[list[Block], list[Block]]:
        """What stands above and below the fields: a round that is open, and what a new stand-up would ask."""
        if listed:
            return settings.open_round(listed.open_until, request.t), []
        _team, standup = await outlooks.open_template(
            self.db, request.person, held.team, held.template
        )
        return [], settings.what_it_asks(standup, request.t)


def settings_draft(request: Request) -> SettingsDraft:
    """What the form holds; of what its moment does not show, what was typed there before."""
    held, before = request.fields, settings.carried(request.metadata).typed
    return SettingsDraft(
        str(held.get("name") or "").strip(),
        tuple(held.get("weekdays") or ()),
        str(held.get("moment") or ""),
        str(held.get("at") or "") if "at" in held else before.at,
        fields.whole(held.get("minutes")) if "minutes" in held else before.minutes,
        str(held.get("side") or "") if "side" in held else before.side,
        fields.whole(held.get("window")),
        tuple(held.get("asked") or ()),
        str(held.get("channel") or ""),
        str(held.get("not_answered") or ""),
        tuple(held.get("heeds") or ()),
        bool(held.get("is_active")),
    )


def _again(
    team: Team,
    stale: ChangedMeanwhile,
    held: settings.Carried,
    mine: SettingsDraft,
    request: Request,
) -> Json:
    """The form once more, over what somebody else has saved: whatever this person touched is still as they typed it."""
    standup = stale.standup
    theirs = drafts.settings_draft_of(standup)
    fields = drafts.changed(held.base, theirs)
    return settings.settings_form(
        team,
        drafts.merged(held.base, mine, theirs),
        replace(held, version=standup.version, base=theirs),
        request.t,
        above=settings.changed_meanwhile(standup.made_by, fields, request.t),
    )
