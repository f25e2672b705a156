"""Ten minutes after thanks were given they stay: the way back goes, and it is looked whether they look as thanks should."""

from datetime import datetime

from bot.people import system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.kudos import Via
from bot.services.kudos import drawing, flagging
from storage import kudos as stored
from storage import outbox
from storage.database import Tx
from storage.timers import Timer


async def settle(tx: Tx, timer: Timer, now: datetime) -> None:
    kudos = await stored.find(tx, timer.subject)
    if kudos is None or kudos.undone_at is not None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, kudos, ONLY_THE_CLOCK)
    hints = await flagging.look(tx, kudos, now=now)
    mine = [drawing.card(kudos, kudos.giver_id)] if kudos.via is not Via.REACTION else []
    await outbox.say(tx, *mine, *hints, now=now)
