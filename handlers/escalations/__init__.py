"""Escalations from Slack: the command, the shortcuts, the buttons and the forms."""

from bot.views.escalations import ids
from handlers.escalations.acting import Acting
from handlers.escalations.linking import Linking
from handlers.escalations.looking import Looking
from handlers.escalations.raising import Raising
from handlers.escalations.working import Working
from handlers.reports.reporting import Reporting
from handlers.request import Reply, Request
from handlers.router import Handler, Router
from storage.database import Database


def register(router: Router, db: Database) -> None:
    raising = Raising(db)
    looking = Looking(db, raising, Reporting(db))
    acting = Acting(db, looking)
    working = Working(db, looking)
    linking = Linking(db, looking)
    router.commands[ids.COMMAND] = looking.command
    router.shortcuts |= {
        ids.SHORTCUT: raising.show_form,
        ids.MESSAGE_SHORTCUT: raising.show_form_from_message,
        ids.NOTE_SHORTCUT: working.keep_message,
    }
    router.clicks |= {
        ids.RAISE: raising.show_form_from_home,
        ids.FORM_TEAM: raising.change_team,
        ids.CLAIM: acting.claim,
        ids.RETURN: acting.ask_return,
        ids.RESOLVE: acting.ask_resolve,
        ids.REOPEN: acting.ask_reopen,
        ids.ADD_MISSING: acting.ask_missing,
        ids.WITHDRAW: acting.withdraw,
        ids.ASK_DEPARTMENT: linking.ask_department,
        ids.MOVE: linking.ask_move,
        ids.MERGE: linking.ask_merge,
        ids.OPEN: looking.open_case,
        ids.SEE_LIST: looking.open_list,
        ids.LIST_WHICH: looking.choose_list,
        ids.LIST_TEAM: looking.choose_team,
        ids.LIST_SEVERITY: looking.choose_severity,
        ids.TURN_PAGE: looking.turn_page,
        ids.TURN_TIMELINE: looking.turn_timeline,
    }
    router.options[ids.LIST_TEAM] = looking.find_teams
    router.clicks |= {
        ids.WAIT: working.ask_wait,
        ids.RESUME: working.resume,
        ids.UPDATE: working.ask_update,
        ids.KEEP: working.keep,
        ids.RELEASE: working.ask_release,
        ids.CHANGE_SEVERITY: working.ask_severity,
        ids.FOLLOWERS: working.ask_followers,
        ids.UNFOLLOW: working.unfollow,
        ids.NOTE: working.ask_note,
        ids.ESCALATE: working.ask_escalate,
        ids.DEESCALATE: working.ask_deescalate,
        ids.RATE: working.rate,
        ids.MORE: more(router),
    }
    router.submissions |= {
        ids.FORM: raising.submit,
        ids.EDIT_FORM: acting.resubmit,
        ids.RETURN_FORM: acting.give_back,
        ids.RESOLVE_FORM: acting.resolve,
        ids.REOPEN_FORM: acting.reopen,
        ids.WAIT_FORM: working.wait,
        ids.UPDATE_FORM: working.update,
        ids.RELEASE_FORM: working.release,
        ids.OWNER_FORM: working.assign,
        ids.SEVERITY_FORM: working.change_severity,
        ids.FOLLOWERS_FORM: working.follow,
        ids.NOTE_FORM: working.write_note,
        ids.ESCALATE_FORM: working.escalate_further,
        ids.DEESCALATE_FORM: working.take_down,
        ids.ASK_FORM: linking.ask,
        ids.MOVE_FORM: linking.move,
        ids.MERGE_FORM: linking.merge,
    }
    router.options |= {
        ids.PICK_TEAM: linking.find_team,
        ids.PICK_CASE: linking.find_case,
    }


def more(router: Router) -> Handler:
    """The card's menu: each of its options says which click it stands for, and whose number."""

    async def choose(request: Request) -> Reply | None:
        click, _colon, number = request.value.partition(":")
        return await router.clicks[click](request.about(number))

    return choose
