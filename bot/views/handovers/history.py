"""Past handovers in pages, with the button for who had to ask again, and how they went in one line."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import StrEnum

from bot.rules.escalations import Escalation
from bot.rules.handovers import Item, ItemState, Measures
from bot.text import Text, _, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import words as case_words
from bot.views.handovers import ids, words
from bot.views.handovers.card import asked_again

A_PAGE = 15
MEASURED = timedelta(days=30)
ENOUGH = 5
"""Of fewer cases, how long half of them took says nothing."""


class Scope(StrEnum):
    """Whose handovers."""

    MINE = "mine"
    TEAM = "team"


NONE = {
    Scope.MINE: _("You have neither given nor taken over a case yet. `/handover` begins one."),
    Scope.TEAM: _("Nothing was handed over in your teams yet. `/handover` begins one."),
}
TITLES = {Scope.MINE: _("My handovers"), Scope.TEAM: _("My teams' handovers")}


def history(
    scope: Scope,
    items: Sequence[tuple[Item, Escalation]],
    total: int,
    measures: Measures,
    reader_id: str,
    t: Text,
    *,
    page: int = 0,
) -> Block:
    """One page, the newest first, as a modal. `measures` are of all the reader's teams in the last 30 days."""
    blocks = [_entry(item, case, reader_id, t) for item, case in items]
    return b.modal(
        ids.HISTORY,
        t("Handovers"),
        [
            b.header(t(TITLES[scope])),
            b.context(summary(measures, t)),
            *(blocks or [b.section(t(NONE[scope]))]),
            *_turns(scope, page, total, t),
        ],
        close=t("Close"),
        private_metadata=f"{scope}:{page}",
    )


def page_of(carried: str) -> tuple[Scope, int]:
    """What a button or the modal itself carries."""
    scope, _colon, page = carried.partition(":")
    return Scope(scope), int(page or 0)


def summary(measures: Measures, t: Text) -> str:
    """How handovers went: counts first, so that nobody reads much into three of them."""
    if not measures.offered:
        return t("In the last 30 days nothing was handed over in your teams.")
    told = [
        t(
            "Your teams in the last 30 days: {accepted} of {offered} accepted, {declined} declined, {kept} unanswered.",
            accepted=t.number(measures.accepted),
            offered=t.number(measures.offered),
            declined=t.number(measures.declined),
            kept=t.number(measures.kept),
        )
    ]
    median, p90 = measures.accept_median, measures.accept_p90
    if measures.accepted >= ENOUGH and median is not None and p90 is not None:
        told.append(
            t(
                "Half of them within {median}, nine of ten within {p90}.",
                median=_length(median, t),
                p90=_length(p90, t),
            )
        )
    if measures.asked_again_share is not None:
        told.append(
            t(
                "After {count} of {accepted} ({share} %) the receiver had to ask again.",
                count=t.number(measures.asked_again),
                accepted=t.number(measures.accepted),
                share=t.number(round(100 * measures.asked_again_share)),
            )
        )
    if measures.oldest is not None:
        told.append(t("The oldest open offer waits {time}.", time=_length(measures.oldest, t)))
    return " ".join(told)


def _entry(item: Item, case: Escalation, reader_id: str, t: Text) -> Block:
    told = t(
        "{when} · {giver} → {receiver} · {outcome}",
        when=when(item.offered_at, t),
        giver=mention(item.giver_id),
        receiver=mention(item.asked[0]),
        outcome=words.outcome(item, t),
    )
    own = item.state is ItemState.ACCEPTED and item.asked_id == reader_id
    button = asked_again(item, t) if own and not item.asked_again_at else None
    return b.section(f"{words.head(case, t)}\n{told}", accessory=button)


def _length(time: timedelta, t: Text) -> str:
    return case_words.minutes(max(1, round(time.total_seconds() / 60)), t)


def _turns(scope: Scope, page: int, total: int, t: Text) -> Iterator[Block]:
    pages = max(1, -(-total // A_PAGE))
    buttons = []
    if page:
        buttons.append(_turn(t("Later"), scope, page - 1))
    if page + 1 < pages:
        buttons.append(_turn(t("Earlier"), scope, page + 1))
    other = Scope.TEAM if scope is Scope.MINE else Scope.MINE
    buttons.append(_turn(t(TITLES[other]), other, 0))
    if pages > 1:
        yield b.context(t("Page {page} of {pages}", page=page + 1, pages=pages))
    yield b.actions(*buttons)


def _turn(label: str, scope: Scope, page: int) -> Block:
    value = f"{scope}:{page}"
    return b.button(label, f"{ids.SEE_HISTORY}:{value}", value)
