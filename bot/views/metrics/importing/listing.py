"""`/metrics import`: a form to bring files, and the last imports with a way to take each back."""

from bot.rules.metrics.importing.imports import Import, ImportKind, ImportState
from bot.text import Text, _, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.importing.card import undo_button
from bot.views.metrics.importing.seen import Listed
from bot.views.metrics.importing.words import file_name

FILES = "files"
TEAM = "team"
MOST_FILES = 5
TYPES = ("csv", "xlsx", "xlsm", "xls", "ods", "tsv", "txt")
STATES = {
    ImportState.LIVE: _("in the numbers"),
    ImportState.UNDONE: _("taken back"),
    ImportState.READING: _("being read"),
    ImportState.WAITING: _("waits for an answer"),
}


def form(listed: Listed, t: Text, team_id: str = "") -> Block:
    """`team_id` is the team that it was asked for from, if any."""
    element = {"type": "file_input", "filetypes": list(TYPES), "max_files": MOST_FILES}
    hint = t(
        "CSV or Excel, as your program exports it. I show you what I take it for before anything counts."
    )
    found = [b.field(FILES, t("Files"), element, hint=hint)]
    if len(listed.teams) > 1:
        teams = [b.option(one.name, one.id) for one in listed.teams]
        found.append(b.field(TEAM, t("Team"), b.select(teams, initial=team_id), optional=True))
    found.append(b.context(t("You can also drop a file into our conversation, without any form.")))
    if listed.imports:
        found.append(b.section(t("*The last imports*")))
        found += [_line(one, listed, t) for one in listed.imports]
    return b.modal(
        ids.IMPORT_FORM, t("Bring in numbers"), found, submit=t("Send"), close=t("Close")
    )


def _line(import_: Import, listed: Listed, t: Text) -> Block:
    by = "Baton" if import_.person_id == "SYSTEM" else mention(import_.person_id)
    what = file_name(import_.file_name) if import_.kind is ImportKind.FILE else t("over HTTP")
    lines = t.n("{count} line", "{count} lines", import_.done)
    told = f"*{what}*\n{by}, {when(import_.asked_at, t)}, {lines}, {t(STATES[import_.state])}"
    can = import_.id in listed.may_undo and import_.state is ImportState.LIVE
    block = b.section(told, accessory=undo_button(import_, t) if can else None)
    return block | {"block_id": f"import:{import_.id}"}
