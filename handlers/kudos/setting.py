"""What a team decides about kudos, from its button in `/baton`."""

from dataclasses import dataclass

from bot.rules.kudos.setting import SettingsDraft
from bot.services.kudos import setting
from bot.views.kudos import ids, settings
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
        await setting.save(
            self.db,
            request.person,
            team_id,
            version,
            settings_draft(request),
            key=request.key,
            now=request.now,
        )


def settings_draft(request: Request) -> SettingsDraft:
    """What the form holds. What is missing or no number becomes what the rules will refuse."""
    held = request.fields
    told = held.get("told") or ()
    return SettingsDraft(
        str(held.get("values") or ""),
        str(held.get("emoji") or ""),
        fields.whole(held.get("per_day")),
        fields.whole(held.get("per_pair")),
        str(held.get("digest_day") or ""),
        fields.clock(held.get("digest_at")),
        settings.WALL in told,
        settings.LEADERBOARD in told,
        fields.whole(held.get("quiet_weeks")),
    )
