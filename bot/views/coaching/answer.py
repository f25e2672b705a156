"""The small forms of a note: an answer, a comment, an addition, a dispute, a decision; and why it cannot be closed yet."""

from collections.abc import Iterator, Sequence

from bot.rules.coaching import EntryKind, Note, Verdict
from bot.rules.coaching.disputes import NEXT_AFTER, WORDS_MAX
from bot.rules.coaching.seen import Decider, Seen
from bot.rules.wall_clock import day_of
from bot.text import Text, _, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids, words
from bot.views.coaching.note import Shown, promised, whole

MEANS = {
    Verdict.STANDS: _("It stays as it is."),
    Verdict.AMENDED: _("What was shared stays, and they are asked to add to it."),
    Verdict.WITHDRAWN: _("It stays to be read, does not count, and binds nobody any more."),
}
STILL_OPEN = _(
    "This note is not closed: something that was promised in it is still open. "
    "Mark it as done, let it go, or carry it over to a new note; then close this one."
)


def acknowledge_form(shown: Shown, t: Text) -> Block:
    return b.modal(
        ids.ACKNOWLEDGE_FORM,
        t("I have read it"),
        [
            b.context(t("That you have read a note does not mean that you agree with it.")),
            b.field("words", t("What do you want to say to it?"), _text()),
            b.context(t("Everybody who can read the note reads this, and it stays.")),
        ],
        submit=t("Send"),
        close=t("Cancel"),
        private_metadata=shown.packed(),
    )


def comment_form(shown: Shown, t: Text) -> Block:
    return b.modal(
        ids.COMMENT_FORM,
        t("Comment"),
        [
            b.field("words", t("Your comment"), _text()),
            b.context(t("Everybody who can read the note reads this, and it stays.")),
        ],
        submit=t("Send"),
        close=t("Cancel"),
        private_metadata=shown.packed(),
    )


def amend_form(shown: Shown, t: Text) -> Block:
    told = t("What you have shared stays as it is; this is added below it, with the time.")
    return b.modal(
        ids.AMEND_FORM,
        t("Add to the note"),
        [b.context(told), b.field("words", t("What was missing, or is different?"), _text())],
        submit=t("Add"),
        close=t("Cancel"),
        private_metadata=shown.packed(),
    )


def dispute_form(note: Note, can_decide: Sequence[Decider], shown: Shown, t: Text) -> Block:
    """`can_decide` are those among whom the agent chooses, the nearest first."""
    options = [
        b.option(one.name or one.person_id, one.person_id, _away(one, t)) for one in can_decide
    ]
    chosen = can_decide[0].person_id if len(can_decide) == 1 else None
    placeholder = t("Choose a person")
    return b.modal(
        ids.DISPUTE_FORM,
        t("I see it differently"),
        [
            b.context(words.dispute_until(note, t)),
            b.field("words", t("What do you see differently?"), _text()),
            b.field(
                "decider",
                t("Who decides?"),
                b.select(options, initial=chosen, placeholder=placeholder),
                hint=t("This person will read the note, and what you write here."),
            ),
            b.context(
                t.n(
                    "If they do not decide within {count} day, the next who can is asked: managers first, then the "
                    "other leads of the team, then Baton's admins. You are told who it is.",
                    "If they do not decide within {count} days, the next who can is asked: managers first, then the "
                    "other leads of the team, then Baton's admins. You are told who it is.",
                    NEXT_AFTER.days,
                )
            ),
        ],
        submit=t("Dispute"),
        close=t("Cancel"),
        private_metadata=shown.packed(),
    )


def decide_form(seen: Seen, shown: Shown, t: Text) -> Block:
    options = [b.option(t(words.VERDICTS[one]), one, t(MEANS[one])) for one in Verdict]
    return b.modal(
        ids.DECIDE_FORM,
        t("Decide"),
        [
            *_what_is_disputed(seen, t),
            b.field("verdict", t("How do you decide?"), b.radios(options)),
            b.field(
                "words",
                t("Why?"),
                _text(),
                hint=t("Everybody who can read the note reads this, and it stays."),
            ),
        ],
        submit=t("Decide"),
        close=t("Cancel"),
        private_metadata=shown.packed(),
    )


def not_closed(seen: Seen, shown: Shown, t: Text) -> Block:
    """A modal on top of the note: what is open still, with what settles it."""
    is_open = seen.open_commitments
    told = t(STILL_OPEN) if is_open else t("All of it is settled. Go back, and close the note.")
    return b.modal(
        ids.NOT_CLOSED,
        t("Not closed yet"),
        [b.section(told), *(block for one in is_open for block in promised(one, seen, t))],
        close=t("Back"),
        private_metadata=shown.packed(),
    )


def _what_is_disputed(seen: Seen, t: Text) -> Iterator[Block]:
    """The agent's words; the note itself is in the modal below."""
    said = [one for one in seen.entries if one.kind is EntryKind.DISPUTED]
    if said:
        yield b.context(t("From {who}", who=mention(said[-1].by)))
        yield from whole(t("What they see differently"), said[-1].words)


def _away(one: Decider, t: Text) -> str:
    """Who is away may well be silent for longer than somebody waits."""
    return t("away until {day}", day=t.day(day_of(one.back_at, t.zone))) if one.back_at else ""


def _text() -> Block:
    return b.text_input(multiline=True, max_length=WORDS_MAX)
