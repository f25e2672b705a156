"""What can be said before it is asked: the next round of each stand-up, and what was said for it already."""

from collections.abc import Iterator

from bot.rules.standups import SeatState
from bot.rules.standups.seen import AheadSeen, Asked, Next
from bot.text import Text, _, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations.words import short
from bot.views.standups import ids
from bot.views.standups.ask import answer_button
from bot.views.standups.form import ahead_value

SHOWN = 40
STATES = {
    SeatState.ANSWERED: _("You have answered it already."),
    SeatState.SKIPPED: _("You have nothing to say then."),
    SeatState.OUT: _("You are out then."),
}


def early(seen: AheadSeen, t: Text) -> Block:
    """A modal; what asks now comes first."""
    blocks = [block for one in seen.now for block in _now(one, t)]
    shown = seen.next[: SHOWN - len(seen.now)]
    blocks += [block for one in shown for block in _next(one, t)]
    if more := len(seen.next) - len(shown):
        blocks.append(b.context(t.n("and {count} more", "and {count} more", more)))
    if not blocks:
        blocks = [b.section(t("No stand-up of yours is planned in the next two weeks."))]
    return b.modal(ids.EARLY, t("Ahead of time"), blocks, close=t("Close"))


def _now(one: Asked, t: Text) -> Iterator[Block]:
    name, is_done = short(one.round.name, 60), one.seat.state is SeatState.ANSWERED
    if is_done:
        told = t("*{name}* · your answer is in", name=name)
    else:
        told = t("*{name}* · asks now, until {when}", name=name, when=when(one.seat.until, t))
    yield b.section(told)
    yield b.actions(answer_button(t("Change") if is_done else t("Answer"), one.round.id))


def _next(one: Next, t: Text) -> Iterator[Block]:
    name, team = short(one.name, 60), short(one.team_name, 60)
    told = t("*{name}* ({team}) · asks {when}", name=name, team=team, when=when(one.at, t))
    value = ahead_value(one.standup_id, one.day)
    state = one.ahead.state if one.ahead else None
    label = t("Change") if state is SeatState.ANSWERED else t("Answer now")
    buttons = [b.button(label, f"{ids.AHEAD}:{value}", value)]
    if state is None:
        buttons.append(b.button(t("Skip it"), f"{ids.AHEAD_SKIP}:{value}", value))
    else:
        told = f"{told}\n{t(STATES[state])}"
        buttons.append(b.button(t("Take it back"), f"{ids.TAKE_BACK}:{value}", value))
    yield b.section(told)
    yield b.actions(*buttons)
