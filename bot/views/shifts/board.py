"""What `/baton shift` answers: privately, team by team."""

from bot.rules.shifts.seen import Board, Mine
from bot.text import Text, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.covers.form import opener as cover_opener
from bot.views.shifts import ids
from bot.views.shifts.words import now_lines, stretch


def board(seen: Board, t: Text) -> tuple[str, list[Block]]:
    """The answer's text and blocks."""
    parts = [now_lines(one, t) for one in seen.teams]
    if not parts:
        parts.append(t("You are in no team of that name, so there is no shift to show."))
    blocks: list[Block] = []
    for shown, one in zip(parts, [*seen.teams, None], strict=False):
        blocks.append(b.section(shown))
        if one:
            opener = b.button(t("All shifts"), f"{ids.OPEN}:{one.team.id}", one.team.id)
            cover = [cover_opener(t, team_id=one.team.id)] if one.may_ask else []
            blocks.append(b.actions(opener, *cover))
    notes = _notes(seen, t)
    if notes:
        blocks.append(b.context(*notes))
    return "\n\n".join([*parts, *notes]), blocks


def as_modal(seen: Board, t: Text) -> Block:
    """The same for those who come from Home."""
    _text, blocks = board(seen, t)
    return b.modal(ids.SHIFTS, t("Shifts"), blocks, close=t("Close"))


def home_line(mine: Mine, t: Text) -> str:
    """One line for Home; empty when there is nothing to say."""
    if mine.away_until:
        return t("You are noted as away until {when}.", when=when(mine.away_until, t))
    if mine.shift:
        return t("Your shift: {time}", time=stretch(mine.shift, t))
    return ""


def _notes(seen: Board, t: Text) -> list[str]:
    notes = []
    if seen.away_until:
        notes.append(t("You are noted as away until {when}.", when=when(seen.away_until, t)))
    if seen.more:
        notes.append(
            t.n(
                "and {count} more: `/baton shift` with a part of the name finds it",
                "and {count} more: `/baton shift` with a part of the name finds them",
                seen.more,
            )
        )
    return notes
