"""What Baton does on nobody's behalf, to keep its own house."""

from datetime import datetime

from bot.services import delivery
from bot.services.delivery import DeadLetter
from bot.text import Text
from bot.views import dead_letters
from storage import outbox, people, workspaces
from storage.database import Database, Tx
from storage.outbox import Note, Priority


async def remember_workspace(
    db: Database, workspace_id: str, *, name: str, bot_user_id: str
) -> None:
    """Baton is installed here, with a token that works, and this is who it is. What waited may go on."""
    async with db.write(workspace_id) as tx:
        await workspaces.save(tx, name=name, bot_user_id=bot_user_id)
    await delivery.reopen(db, workspace_id)


async def tell_of_dead_letter(tx: Tx, letter: DeadLetter, *, now: datetime) -> None:
    """Something urgent was never said: whoever can mend that hears of it in private."""
    wanted = await people.admins(tx) or await people.owners(tx)
    for one in (await people.profiles(tx, wanted)).values():
        if one.id == letter.channel:  # the one who cannot be reached
            continue
        note = Note(
            key=f"dead:{letter.lane}:{letter.seq}:{one.id}",
            channel=one.id,
            text=dead_letters.words(
                letter.channel, letter.reason, Text(one.locale or "en-US", one.zone or "UTC")
            ),
            priority=Priority.DIGEST,
        )
        await outbox.say(tx, note, now=now)
