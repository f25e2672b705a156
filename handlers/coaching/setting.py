"""A team's coaching from Slack: the form beside the team in `/baton`, and what is saved with it."""

from dataclasses import dataclass

from bot.rules.coaching.settings import SettingsDraft
from bot.services.coaching import setting as service
from bot.views.coaching import ids, settings
from handlers.command import Words
from handlers.request import Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database


def register(router: Router, db: Database, _known: Words) -> None:
    handlers = Setting(db)
    router.clicks[ids.SETTINGS_OPEN] = handlers.open_form
    router.submissions[ids.SETTINGS_FORM] = handlers.save


@dataclass(frozen=True, slots=True)
class Setting:
    db: Database

    async def open_form(self, request: Request) -> None:
        seen = await service.open_settings(self.db, request.person, request.value)
        view = settings.settings_form(seen.team, seen.settings, request.t)
        await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)

    async def save(self, request: Request) -> None:
        team_id, version = settings.carried(request.metadata)
        held = request.fields
        draft = SettingsDraft(str(held.get("skills") or ""), fields.whole(held.get("quiet_weeks")))
        await service.save(
            self.db,
            request.person,
            team_id,
            draft,
            version=version,
            key=request.key,
            now=request.now,
        )
