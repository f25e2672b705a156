"""Reports from Slack: the form, the words after `/escalate report`, and the Excel file."""

from bot.views.reports import ids
from handlers.reports.reporting import Reporting
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database) -> None:
    reporting = Reporting(db)
    router.clicks |= {
        ids.OPEN: reporting.open_form,
        ids.EXPORT: reporting.export,
        ids.CANCEL: reporting.cancel,
    }
    router.submissions |= {ids.FORM: reporting.show, ids.EXPORT_FORM: reporting.export_chosen}
    router.options[ids.FIND_TEAMS] = reporting.find_teams
