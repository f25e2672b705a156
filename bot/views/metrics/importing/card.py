"""The card of an import: looked through, asked about, read, and in the numbers, or not; one message that goes along."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.rules.metrics.importing.files import Look, Outcome, Trouble
from bot.rules.metrics.importing.imports import Import, ImportState
from bot.rules.metrics.importing.reading.rejecting import WHY
from bot.rules.metrics.importing.reading.rejecting import WORDS as REASONS
from bot.text import Text, _, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.metrics import ids
from bot.views.metrics.importing import preview, questions, words
from bot.views.metrics.importing.seen import Seen

Draw = Callable[[Seen, Text], list[Block]]
FEW = 5


def headline(seen: Seen, t: Text) -> str:
    """All that a notification says."""
    import_ = seen.import_
    name = words.file_name(import_.file_name)
    if import_.trouble == Trouble.FORGOTTEN:
        return f"{name}: {t(words.TROUBLES[Trouble.FORGOTTEN])}"
    done, total = t.number(import_.done), t.number(import_.total)
    if _is_empty(seen):
        return t(NOTHING_COUNTS, file=name)
    return t(TEXTS[import_.state], file=name, why=_why(seen, t), done=done, total=total)


NOTHING_COUNTS = _(
    "{file} has no line that counts, so nothing is imported. Please look whether it is the right file, or change what its columns are."
)
TEXTS: Mapping[ImportState, str] = {
    ImportState.LOOKING: _("I am looking through {file}."),
    ImportState.ASKING: _("{file}: please look at what I take it for. Nothing is imported yet."),
    ImportState.READING: _("{file} is being read: {done} of {total} lines so far."),
    ImportState.WAITING: _("{file}: some lines cannot be read. Nothing is imported yet."),
    ImportState.LIVE: _("{file} is in the numbers."),
    ImportState.UNDONE: _("{file} was taken back: its numbers count no more."),
    ImportState.REFUSED: _("{file} was not imported. {why}"),
    ImportState.CANCELLED: _("{file} was not imported, as you wished."),
}


def blocks(seen: Seen, t: Text) -> list[Block]:
    part = PARTS.get(seen.import_.state, _nothing) if seen.is_open else _closed
    return [b.section(headline(seen, t)), *part(seen, t)]


def _is_empty(seen: Seen) -> bool:
    """It waits for somebody although no line of it was refused: all were left out, or there are none."""
    outcome = seen.outcome
    is_waiting = seen.import_.state is ImportState.WAITING
    return is_waiting and outcome is not None and not (outcome.good or outcome.rejected)


def _nothing(_seen: Seen, _t: Text) -> list[Block]:
    return []


def _closed(seen: Seen, t: Text) -> list[Block]:
    """For who brought it, and leads nobody there any more: it can still be taken back."""
    is_live = seen.import_.state is ImportState.LIVE
    return [b.actions(undo_button(seen.import_, t))] if is_live and seen.may_undo else []


def _looking(seen: Seen, t: Text) -> list[Block]:
    return [b.actions(_not_this(seen.import_, t))]


def _asking(seen: Seen, t: Text) -> list[Block]:
    import_, look, decided = seen.import_, seen.look, seen.decided
    if look is None or decided is None:
        return []
    found = preview.blocks(seen, look, decided, t)
    if seen.is_empty:
        return [*found, b.section(_empty(look, t)), b.actions(*_buttons(import_, t))]
    found += [
        b.section(f"⚠ {one}")
        for one in preview.problems(preview.unasked(decided, seen.questions), decided, t)[:5]
    ]
    if not decided.has_team:
        found.append(questions.team_block(import_.id, seen.teams, t))
    found += questions.blocks(import_.id, seen.questions, decided, t)
    buttons = _buttons(import_, t)
    if seen.is_ready:
        buttons.insert(0, b.button(t("Import"), ids.IMPORT_START, import_.id, style="primary"))
    else:
        found.append(b.context(t("When this is answered, you can import it.")))
    return [*found, b.actions(*buttons)]


def _buttons(import_: Import, t: Text) -> list[Block]:
    return [b.button(t("Change columns"), ids.IMPORT_CHANGE, import_.id), _not_this(import_, t)]


def _empty(look: Look, t: Text) -> str:
    if len(look.sheets) > 1:
        return t(
            "⚠ Nothing stands below the header of this sheet. “Change columns” lets you choose another."
        )
    return t("⚠ Nothing stands below the header. Please export it again, with its lines.")


def _reading(seen: Seen, t: Text) -> list[Block]:
    return [b.actions(b.button(t("Cancel"), ids.IMPORT_CANCEL, seen.import_.id))]


def _waiting(seen: Seen, t: Text) -> list[Block]:
    outcome, import_ = seen.outcome or Outcome(), seen.import_
    found = _told(outcome, t)
    if outcome.rejected:
        told = t.n(
            "{count} line cannot be read.", "{count} lines cannot be read.", outcome.rejected
        )
        found.insert(0, b.section("\n".join([told, *_rejects(outcome, t)])))
    buttons = [
        b.button(t("Change columns"), ids.IMPORT_CHANGE, import_.id),
        b.button(t("Not at all"), ids.IMPORT_CANCEL, import_.id),
    ]
    if outcome.good:
        good = t.n("Import the {count} good line", "Import the {count} good lines", outcome.good)
        buttons.insert(0, b.button(good, ids.IMPORT_GOOD, import_.id, style="primary"))
    return [*found, b.actions(*buttons)]


ONE_DAY = _("All of it is of {first}.")
SEVERAL_DAYS = _("They are of {first} to {last}.")


def _live(seen: Seen, t: Text) -> list[Block]:
    outcome, import_ = seen.outcome or Outcome(), seen.import_
    told = t.n("{count} line counts.", "{count} lines count.", outcome.good)
    if outcome.first_day:
        is_one_day = outcome.first_day == outcome.last_day
        said = ONE_DAY if is_one_day else SEVERAL_DAYS
        told += " " + t(said, **_days(outcome, t))
    if outcome.rejected:
        told += " " + t.n(
            "{count} line was left out.", "{count} lines were left out.", outcome.rejected
        )
    found = [b.section(told), *_told(outcome, t)]
    buttons = [undo_button(import_, t)] if seen.may_undo else []
    if outcome.nameless:
        buttons.insert(0, b.button(t("Whose names these are"), ids.NAMES_OPEN, import_.team_id))
    return [*found, b.actions(*buttons)] if buttons else found


def _undone(seen: Seen, t: Text) -> list[Block]:
    import_ = seen.import_
    if import_.ended_at is None:
        return []
    by, at = mention(import_.ended_by), when(import_.ended_at, t)
    return [b.context(t("Taken back by {person}, {when}.", person=by, when=at))]


def _refused(seen: Seen, t: Text) -> list[Block]:
    already = seen.already
    if already is None or already.live_at is None:
        return []
    by, at = mention(already.person_id), when(already.live_at, t)
    told = t(
        "{person} brought it, and it has been in the numbers since {when}.", when=at, person=by
    )
    more = t("If its columns were taken for something wrong, take it back and send it again.")
    show = b.button(t("Show the last imports"), ids.IMPORT_OPEN)
    return [b.context(f"{told} {more}"), b.actions(show)]


PARTS: Mapping[ImportState, Draw] = {
    ImportState.LOOKING: _looking,
    ImportState.ASKING: _asking,
    ImportState.READING: _reading,
    ImportState.WAITING: _waiting,
    ImportState.LIVE: _live,
    ImportState.UNDONE: _undone,
    ImportState.REFUSED: _refused,
}


def undo_button(import_: Import, t: Text) -> Block:
    sure = b.confirm(
        t("Take it back?"),
        t("The numbers of this file count no more, and what it had replaced counts again."),
        t("Take it back"),
        t("Keep it"),
    )
    return b.button(t("Undo"), ids.IMPORT_UNDO, import_.id, confirm=sure)


def _not_this(import_: Import, t: Text) -> Block:
    return b.button(t("Not this file"), ids.IMPORT_CANCEL, import_.id)


def _why(seen: Seen, t: Text) -> str:
    import_ = seen.import_
    said = import_.found.get("refusal")
    if import_.trouble == Trouble.FILE and said:
        message, values = said["message"], said["values"]
        return t(message, **values)
    return t(words.TROUBLES.get(Trouble(import_.trouble), "")) if import_.trouble else ""


def _rejects(outcome: Outcome, t: Text) -> list[str]:
    return [
        t("• Row {row}, {column}: {reason}", row=one.row, column=words.header(one.header), reason=t(REASONS[one.reason]))
        if one.header
        else t("• Row {row}: {reason}", row=one.row, reason=t(REASONS[one.reason]))
        for one in outcome.rejects[:FEW]
    ]  # fmt: skip


def _told(outcome: Outcome, t: Text) -> list[Block]:
    """What else is worth knowing, in small print."""
    lines = [
        t.n(
            "{count} remark: {reason}",
            "{count} remarks: {reason}",
            count,
            reason=t(REASONS[reason]),
        )
        for reason, count in outcome.remarked.most_common(FEW)
    ]
    if outcome.left:
        left = ", ".join(
            f"{t(WHY[why])} ({t.number(count)})" for why, count in outcome.left.items()
        )
        lines.append(t("Left out on purpose: {what}.", what=left))
    if outcome.nameless:
        names = ", ".join(words.header(one) for one in outcome.nobodys)
        names += ", …" if outcome.nameless > len(outcome.nobodys) else ""
        lines.append(
            t.n(
                "{count} name is nobody's yet, so its numbers are no person's: {names}",
                "{count} names are nobody's yet, so their numbers are no person's: {names}",
                outcome.nameless,
                names=names,
            )
        )
    if outcome.has_report:
        lines.append(t("The Excel file below says it row by row."))
    return [b.context("\n".join(lines))] if lines else []


def _days(outcome: Outcome, t: Text) -> Mapping[str, str]:
    first, last = date.fromisoformat(outcome.first_day), date.fromisoformat(outcome.last_day)
    return {"first": t.day(first), "last": t.day(last)}
