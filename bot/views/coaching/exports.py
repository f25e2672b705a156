"""The form in which somebody asks for the Excel file: whose notes, which, of which days, and what the file holds."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.rules.coaching import Kind
from bot.rules.coaching.taken import SHARED_STATES
from bot.rules.reports import Choice, Named
from bot.text import Text, _
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids, words
from bot.views.coaching.columns import COMMITMENTS, NOTES, SUMMARY, Group
from bot.views.coaching.sheets import FIELDS, PROMISES
from bot.views.reports.form import days

PEOPLE_AT_MOST = 100
SHEETS = (NOTES, COMMITMENTS, SUMMARY)
"""Those that can be left out: what the file is, it always says."""
GROUPS: Mapping[Group, str] = {
    Group.WHO: _("Notes: who and what about"),
    Group.WORDS: _("Notes: what was said"),
    Group.OUTCOME: _("Notes: what became of them"),
    Group.PROMISES: _("Commitments"),
}
ALWAYS = _("Number, agent, date, kind and state are always in it.")
SINCE_1900, SINCE_1904 = "1900", "1904"
COUNTING: Mapping[str, str] = {
    SINCE_1900: _("From 1900, as usual"),
    SINCE_1904: _("From 1904, as in old files from a Macintosh"),
}


def form(choice: Choice, today: date, t: Text) -> Block:
    """With what was chosen the last time. `today` is the reader's."""
    kinds = [b.option(t(words.KINDS[one]), one.value) for one in Kind]
    states = [b.option(t(words.STATES[one]), one.value) for one in SHARED_STATES]
    sheets = [b.option(t(one), one) for one in SHEETS]
    fields = [
        b.field("people", t("About whom"), _people(t), hint=t(HINT), optional=True),
        *days(t, today, Named.THIS_MONTH),
        b.field("kinds", t("Kinds"), b.checkboxes(kinds, choice.kinds or set(Kind))),
        b.field("states", t("States"), b.checkboxes(states, choice.states or set(SHARED_STATES))),
        b.field(
            "sheets",
            t("Sheets"),
            b.checkboxes(sheets, [one for one in SHEETS if one not in choice.no_sheets]),
            hint=t("“About” says what the file is, and is always in it."),
        ),
        *(_columns(group, choice, t) for group in GROUPS),
        b.field("counting", t("How Excel counts days"), _counting(choice, t)),
        b.context(t(WHO_SEES)),
    ]
    return b.modal(
        ids.EXPORT_FORM,
        t("Excel file"),
        fields,
        submit=t("Send it to me"),
        close=t("Cancel"),
    )


def chosen(held: Mapping[str, Sequence[str] | str | None]) -> Choice:
    """What the form holds. All of something is the same as nothing said."""
    ticked = {key for group in GROUPS for key in held.get(f"columns_{group}") or ()}
    return Choice(
        people=tuple(sorted(set(held.get("people") or ()))),
        kinds=_some(held.get("kinds") or (), [one.value for one in Kind]),
        states=_some(held.get("states") or (), [one.value for one in SHARED_STATES]),
        no_sheets=tuple(one for one in SHEETS if one not in (held.get("sheets") or ())),
        without=tuple(key for group in GROUPS for key, _title in _of(group) if key not in ticked),
        is_1904=held.get("counting") == SINCE_1904,
    )


HINT = _("Leave it empty for all whose notes you may have.")
WHO_SEES = _(
    "Only shared notes are in it, never private ones, and of each your right is asked. Whom a note is about can see that "
    "you have it."
)


def _some(ticked: Sequence[str], everything: Sequence[str]) -> tuple[str, ...]:
    found = tuple(one for one in everything if one in ticked)
    return () if len(found) == len(everything) else found


def _of(group: Group) -> list[tuple[str, str]]:
    """The columns of a group, with their titles."""
    found = [(one.key, one.title, one.group) for one in FIELDS]
    found += [(one.key, one.title, one.group) for one in PROMISES]
    return [(key, title) for key, title, its in found if its is group]


def _columns(group: Group, choice: Choice, t: Text) -> Block:
    columns = _of(group)
    options = [b.option(t(title), key) for key, title in columns]
    ticked = [key for key, _title in columns if key not in choice.without]
    hint = t(ALWAYS) if group is Group.WHO else ""
    boxes = b.checkboxes(options, ticked)
    return b.field(f"columns_{group}", t(GROUPS[group]), boxes, hint=hint, optional=True)


def _people(t: Text) -> Block:
    return {
        "type": "multi_users_select",
        "max_selected_items": PEOPLE_AT_MOST,
        "placeholder": b.plain(t("Everybody"), 150),
    }


def _counting(choice: Choice, t: Text) -> Block:
    options = [b.option(t(label), value) for value, label in COUNTING.items()]
    return b.radios(options, SINCE_1904 if choice.is_1904 else SINCE_1900)


def button(t: Text) -> Block:
    """Opens the form, from wherever notes are listed."""
    return b.button(t("Excel file"), ids.EXPORT_OPEN)
