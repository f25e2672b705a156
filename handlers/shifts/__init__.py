"""Shifts from Slack: who is on, and their set-up."""

from bot.views.shifts import ids
from handlers.router import Router
from handlers.shifts.looking import Looking
from handlers.shifts.setting import Setting
from storage.database import Database


def register(router: Router, db: Database) -> None:
    looking = Looking(db)
    setting = Setting(db, looking)
    router.clicks |= {
        ids.SEE: looking.see_from_home,
        ids.OPEN: looking.open_team,
        ids.TURN: looking.turn_page,
        ids.NEW: setting.new_pattern,
        ids.CHANGE: setting.open_pattern,
        ids.REMOVE: setting.remove_pattern,
        ids.DAY_NEW: setting.new_day,
        ids.DAY_REMOVE: setting.remove_day,
        ids.OVERRIDE_NEW: setting.new_override,
        ids.OVERRIDE_REMOVE: setting.remove_override,
    }
    router.submissions |= {
        ids.PATTERN_FORM: setting.save_pattern,
        ids.DAY_FORM: setting.save_day,
        ids.OVERRIDE_FORM: setting.save_override,
    }
