"""Who hears of what happens to a note: a neutral private sentence with a button, never a word of what is in it."""

from collections.abc import Iterable
from datetime import datetime

from bot.rules.coaching import Note
from bot.text import Text
from bot.views.coaching import told
from bot.views.coaching.told import Words
from storage import outbox, people
from storage.database import Tx


async def shared(tx: Tx, note: Note, *, now: datetime) -> None:
    """The author has shared it: the agent hears of it. Who reads along because they manage is not rung for each note."""
    about = await to(tx, note, told.shared, [note.agent_id], by=note.author_id, once="shared")
    await outbox.say(tx, *about, now=now)


async def to(
    tx: Tx,
    note: Note,
    words: Words,
    person_ids: Iterable[str],
    *,
    by: str,
    once: str,
    with_button: bool = True,
) -> list[outbox.Note]:
    """A message for each of them. `once` names what happened: it is said once. Who cannot read it is left out."""
    wanted = list(dict.fromkeys(person_ids))
    known = await people.profiles(tx, wanted)
    found = []
    for one in wanted:
        if one not in known or not known[one].can_have_roles:
            continue
        t = Text(known[one].locale or "en-US", known[one].zone or "UTC")
        text = words(note, by, t)
        blocks = told.message(text, note, t)[1] if with_button else []
        key = f"coaching:{note.id}:{words.__name__}:{once}:{one}"
        found.append(outbox.Note(key, one, text, blocks))
    return found
