"""`/baton my-data` as its reader sees it: what is kept about them, who can see it, and who looked at their notes."""

from collections.abc import Iterator, Sequence

from bot.rules.coaching import LookKind
from bot.rules.coaching.kept import Kept, LookSeen, MyData
from bot.text import Text, _, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids, told, words
from bot.views.teams.words import role_name

A_PAGE = 10
"""Looks that are shown at once."""
WHAT = {
    Kept.SHIFTS: _("Weekly shifts that you are in: {count}"),
    Kept.SHIFT_CHANGES: _("Changes of shifts for you: {count}"),
    Kept.ABSENCES: _("Absences: {count}"),
    Kept.COVERS: _("Requests for cover by you or taken by you: {count}"),
    Kept.RAISED: _("Cases that you raised: {count}"),
    Kept.OWNED: _("Cases that you look after, or did last: {count}"),
    Kept.HANDED_OVER: _("Cases that you handed over, or that were offered to you: {count}"),
    Kept.ANSWERS: _("Answers in stand-ups: {count}"),
    Kept.BLOCKERS: _("Blockers: {count}"),
    Kept.SHARED_NOTES: _("Coaching notes that are shared with you: {count}"),
    Kept.COMMITMENTS: _("Commitments of yours: {count}"),
    Kept.WRITTEN_NOTES: _("Coaching notes that you wrote: {count}"),
    Kept.THANKS_GOT: _("Thanks that you got: {count}"),
    Kept.THANKS_GIVEN: _("Thanks that you gave: {count}"),
    Kept.FILES: _("Excel files that you asked for: {count}"),
}
PARTS: Sequence[tuple[str, tuple[Kept, ...], str]] = (
    (
        _("Shifts and absences"),
        (Kept.SHIFTS, Kept.SHIFT_CHANGES, Kept.ABSENCES, Kept.COVERS),
        _(
            "Your teams see when you work and when you are away. Why is read by you and the leads of your teams."
        ),
    ),
    (
        _("Escalations and handovers"),
        (Kept.RAISED, Kept.OWNED, Kept.HANDED_OVER),
        _("Leads, the manager and observers of the team see its cases, and so do Baton's admins."),
    ),
    (
        _("Stand-ups"),
        (Kept.ANSWERS, Kept.BLOCKERS),
        _("Your teams read what you answer. Who took part is seen by leads and the manager only."),
    ),
    (
        _("Coaching"),
        (Kept.SHARED_NOTES, Kept.COMMITMENTS, Kept.WRITTEN_NOTES),
        _(
            "Each note says who can read it, and its words are kept encrypted. `/coach` shows yours. Leads can also keep "
            "private notes: nobody else ever sees them, and they are in no file."
        ),
    ),
    (
        _("Thanks"),
        (Kept.THANKS_GOT, Kept.THANKS_GIVEN),
        _(
            "Public thanks are read in the team's channel; private ones by the two of you, and leads see how many there are."
        ),
    ),
    (_("Files"), (Kept.FILES,), _("Who asked for a file, of what and when, is kept with it.")),
)


def my_data(mine: MyData, t: Text) -> Block:
    """A modal, the same for everybody, with their own numbers."""
    return b.modal(
        ids.MY_DATA_VIEW,
        t("My data"),
        [
            b.section(t("This is what Baton keeps about you. Only you see this page.")),
            *_roles(mine, t),
            *_parts(mine, t),
            b.divider(),
            *_looks(mine, t),
        ],
        close=t("Close"),
    )


def _roles(mine: MyData, t: Text) -> Iterator[Block]:
    lines = [
        f"• {escape(name)}: {', '.join(role_name(role, t) for role in sorted(roles))}"
        for name, roles in mine.roles.items()
    ]
    title = t("*Your teams*")
    yield b.section("\n".join([title, *(lines or [t("You are in no team yet.")])]))
    yield b.context(t("Your name, language and time zone are as Slack says."))


def _parts(mine: MyData, t: Text) -> Iterator[Block]:
    for title, counted, who_sees in PARTS:
        lines = [f"• {t(WHAT[one], count=t.number(mine.counts.get(one, 0)))}" for one in counted]
        if Kept.ANSWERS in counted:
            lines.append(f"• {_mood(mine, t)}")
        yield b.section("\n".join([f"*{t(title)}*", *lines]))
        yield b.context(t(who_sees))


def _mood(mine: MyData, t: Text) -> str:
    if mine.shares_mood:
        return t(
            "Your leads see your mood by the week, because you share it; `/standup` ends that."
        )
    return t("Your mood is seen by nobody but you.")


def _looks(mine: MyData, t: Text) -> Iterator[Block]:
    yield b.header(t("Who looked at your coaching notes"))
    if not mine.looks.looks:
        yield b.section(t("Nobody has looked at any that is shared with you."))
        return
    for one in mine.looks.looks:
        yield b.section(_look(one, t), accessory=told.read_button(one.note.id, t)) | {
            "block_id": f"look:{one.look.id}"
        }
    pages = -(-mine.looks.total // A_PAGE)
    turns = []
    if mine.page:
        turns.append(_turn(t("Later"), mine.page - 1))
    if mine.page + 1 < pages:
        turns.append(_turn(t("Earlier"), mine.page + 1))
    if turns:
        yield b.context(t("Page {page} of {pages}", page=mine.page + 1, pages=pages))
        yield b.actions(*turns)


def _look(one: LookSeen, t: Text) -> str:
    said = (
        t("{who} took it along in an Excel file", who=mention(one.look.person_id))
        if one.look.kind is LookKind.EXPORTED
        else t("{who} read it", who=mention(one.look.person_id))
    )
    note = t(
        "{head}, by {author}",
        head=escape(words.head(one.note, t)),
        author=mention(one.note.author_id),
    )
    return f"{when(one.look.at, t)} · {said}\n_{note}_"


def _turn(label: str, page: int) -> Block:
    return b.button(label, f"{ids.MY_DATA_TURN}:{page}", str(page))
