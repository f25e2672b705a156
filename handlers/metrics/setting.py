"""What a team decides about its numbers, from its menu in `/baton`."""

from dataclasses import dataclass

from bot.rules.metrics.look.setting import SettingsDraft
from bot.services.metrics.look import setting
from bot.views.metrics import ids, settings
from handlers.command import Words
from handlers.escalations.raising import show
from handlers.request import Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database


def register(router: Router, db: Database, _words: Words) -> None:
    handlers = Setting(db)
    router.clicks[ids.SETTINGS_OPEN] = handlers.open_form
    router.submissions[ids.SETTINGS_FORM] = handlers.save


@dataclass(frozen=True, slots=True)
class Setting:
    db: Database

    async def open_form(self, request: Request) -> None:
        team, kept = await setting.open_settings(self.db, request.person, request.value)
        await show(request, settings.settings_form(team, kept, request.t))

    async def save(self, request: Request) -> None:
        team_id, version = settings.carried(request.metadata)
        held = request.fields
        ranking = held.get("ranking") or ()
        draft = SettingsDraft(settings.RANKING in ranking, fields.whole(held.get("minimum_n")))
        await setting.save(
            self.db, request.person, team_id, version, draft, key=request.key, now=request.now
        )
