"""The card that offers a shift to the team: one message, updated in place until it is settled."""

from bot.errors import Refused
from bot.rules.covers import Cover, State
from bot.rules.teams import Team
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.covers import ids
from bot.views.shifts.words import stretch

COVER = "cover"


def card(
    cover: Cover, team: Team, t: Text, problem: Refused | None = None
) -> tuple[str, list[Block]]:
    """Its text and blocks. The reason is never on it. `problem` is why there is nothing to cover any more."""
    told = t.of(problem) if problem else _told(cover, team, t)
    blocks = [b.section(told)]
    if cover.state is State.OPEN and not problem:
        blocks.append(b.actions(taker(cover, t), canceller(cover, t)))
    return told, blocks


def taker(cover: Cover, t: Text) -> Block:
    """The button to take it, which asks once more and says when that is."""
    sure = b.confirm(
        t("Work in their place?"),
        t(
            "You would work in place of {who}: {time}",
            who=mention(cover.person_id),
            time=stretch(cover.span, t),
        ),
        t("I'll take it"),
        t("Not now"),
    )
    return b.button(
        t("I'll take it"), f"{ids.TAKE}:{cover.id}", cover.id, style="primary", confirm=sure
    )


def canceller(cover: Cover, t: Text) -> Block:
    sure = b.confirm(
        t("Cancel this request?"),
        t("Then {who} works as planned.", who=mention(cover.person_id)),
        t("Cancel it"),
        t("Keep it"),
    )
    return b.button(t("Cancel it"), f"{ids.CANCEL}:{cover.id}", cover.id, confirm=sure)


def _told(cover: Cover, team: Team, t: Text) -> str:
    values = {
        "who": mention(cover.person_id),
        "team": escape(team.name),
        "time": stretch(cover.span, t),
    }
    match cover.state:
        case State.OPEN:
            return t(
                "{who} needs cover in {team}: {time}. Who can work then? The first to accept has it.",
                **values,
            )
        case State.TAKEN:
            works = mention(cover.taken_by or "")
            return t("{works} works in place of {who} in {team}: {time}", works=works, **values)
        case State.CANCELLED:
            return t("{who} needs no cover in {team} any more: {time}", **values)
        case State.EXPIRED:
            return t("Nobody took this in time. {who} needed cover in {team}: {time}", **values)
        case State.UNDONE:
            by = mention(cover.closed_by or "")
            return t("{by} has undone this: {who} works in {team}: {time}", by=by, **values)
