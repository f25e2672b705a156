"""Policies from Slack: a team's list, one with its levels, their forms, and the dry run."""

from bot.views.policies import ids
from handlers.policies.looking import Looking
from handlers.policies.setting import Setting
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database) -> None:
    looking = Looking(db)
    setting = Setting(db, looking)
    router.clicks |= {
        ids.OPEN: looking.open_team,
        ids.SHOW: looking.open_policy,
        ids.TRY: looking.open_dry_run,
        ids.NEW: setting.new_policy,
        ids.CHANGE: setting.open_settings,
        ids.REMOVE: setting.remove_policy,
        ids.LEVEL_NEW: setting.open_level,
        ids.LEVEL_CHANGE: setting.open_level,
        ids.LEVEL_UP: setting.move_up,
        ids.LEVEL_DOWN: setting.move_down,
        ids.LEVEL_REMOVE: setting.remove_level,
        ids.HEARERS: setting.open_hearers,
    }
    router.submissions |= {
        ids.POLICY_FORM: setting.save_policy,
        ids.LEVEL_FORM: setting.save_level,
        ids.HEARERS_FORM: setting.save_hearers,
        ids.DRY_FORM: looking.dry_run,
    }
