"""What of a lane goes out now. Rows are written as words: `card` is not posted yet, `redraw` is."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.rules.delivery import (
    NO_LIMITS,
    POST,
    UPDATE,
    Choice,
    Gate,
    Gates,
    Limits,
    Place,
    Waiting,
    choose,
)
from tests.cast import NOON

LATER = NOON + timedelta(seconds=1)
SHOWN = Place("C1", "1.1", "drawing")


def row(seq: int, **given: object) -> Waiting:
    plain = Waiting(
        lane="C1",
        seq=seq,
        marker=f"m{seq}",
        channel="C1",
        priority=2,
        words=f"n{seq}",
        blocks=None,
        is_card=False,
        card_kind=None,
        card_subject=None,
        not_before=None,
        expires_at=None,
        is_sending=False,
        attempts=0,
        attempted_at=None,
        sought_since=None,
        looks=0,
        queued_at=NOON,
        file_title=None,
        place=None,
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def card(seq: int, subject: str = "1", **given: object) -> Waiting:
    return row(seq, is_card=True, card_kind="escalation", card_subject=subject, **given)


def redraw(seq: int, subject: str = "1", **given: object) -> Waiting:
    return card(seq, subject, place=SHOWN, **given)


def reply(seq: int, subject: str = "1", **given: object) -> Waiting:
    return row(seq, card_kind="escalation", card_subject=subject, **given)


def chosen(
    *rows: Waiting,
    posts_from: datetime | None = None,
    spaced: bool = True,
    batch: int = 10,
    gates: Gates | None = None,
) -> Choice:
    gates = gates or Gates([], NO_LIMITS, NOON)
    return choose(rows, gates, now=NOON, posts_from=posts_from, spaced=spaced, batch=batch)


def seqs(rows: list[Waiting]) -> list[int]:
    return [row.seq for row in rows]


def test_one_message_at_a_time_where_they_are_spaced() -> None:
    assert seqs(chosen(row(1), row(2)).send) == [1]


def test_all_in_order_where_they_are_not() -> None:
    assert seqs(chosen(row(1), row(2), row(3), spaced=False).send) == [1, 2, 3]
    assert seqs(chosen(row(1), row(2), row(3), spaced=False, batch=2).send) == [1, 2]


def test_redraws_do_not_wait_for_the_spacing_of_messages() -> None:
    choice = chosen(row(1), redraw(2), row(3), redraw(4, "2"), posts_from=LATER)
    assert seqs(choice.send) == [2, 4]
    assert choice.blocked == {POST: LATER}


def test_a_message_that_is_not_due_is_passed_over() -> None:
    assert seqs(chosen(row(1, not_before=LATER), row(2, not_before=NOON)).send) == [2]


def test_what_comes_too_late_is_dropped() -> None:
    choice = chosen(row(1, expires_at=NOON), row(2, expires_at=LATER))
    assert (seqs(choice.expired), seqs(choice.send)) == ([1], [2])


def test_an_older_redraw_of_the_same_card_is_dropped() -> None:
    choice = chosen(redraw(1, is_sending=True), redraw(2))
    assert (seqs(choice.superseded), seqs(choice.send)) == ([1], [2])


def test_an_unclear_message_is_looked_for_before_anything_else() -> None:
    choice = chosen(redraw(1), row(2, is_sending=True), row(3))
    assert (seqs(choice.look), choice.send) == ([2], [])


def test_until_it_may_be_looked_for_redraws_go_on_and_messages_do_not() -> None:
    choice = chosen(row(1, is_sending=True), row(2), redraw(3), posts_from=LATER)
    assert (choice.look, seqs(choice.send)) == ([], [3])


def test_looked_for_twice_and_not_found_it_is_sent_again() -> None:
    assert seqs(chosen(row(1, is_sending=True, looks=1)).look) == [1]
    assert seqs(chosen(row(1, is_sending=True, looks=2)).send) == [1]


def test_an_unclear_redraw_is_simply_repeated() -> None:
    assert seqs(chosen(replace(card(1, is_sending=True), card_kind="home")).send) == [1]
    assert seqs(chosen(redraw(1, is_sending=True)).send) == [1]


def test_a_reply_waits_for_its_card_and_holds_up_what_is_behind_it() -> None:
    choice = chosen(card(1), reply(2), row(3), redraw(4, "2"), spaced=False)
    assert seqs(choice.send) == [1, 4]
    assert (choice.early, choice.parentless) == ([], [])


def test_a_reply_to_a_card_that_cannot_be_drawn_lets_others_pass() -> None:
    choice = chosen(card(1, not_before=LATER), reply(2), row(3))
    assert (seqs(choice.early), seqs(choice.send)) == ([2], [3])


def test_a_reply_without_a_card_in_sight_is_set_apart() -> None:
    choice = chosen(reply(1), row(2))
    assert (seqs(choice.parentless), seqs(choice.send)) == ([1], [2])


def test_a_reply_to_a_posted_card_goes_out() -> None:
    assert seqs(chosen(reply(1, place=SHOWN)).send) == [1]


def test_a_closed_gate_holds_up_its_own_method_only() -> None:
    gates = Gates([Gate(UPDATE, paused_until=LATER)], NO_LIMITS, NOON)
    choice = chosen(redraw(1), row(2), redraw(3, "2"), gates=gates)
    assert seqs(choice.send) == [2]
    assert choice.blocked == {UPDATE: LATER, POST: None}


def test_what_is_urgent_lends_its_urgency_to_what_is_before_it() -> None:
    """Otherwise a breach behind a digest would wait for the digest's share of the budget."""
    limits = Limits(per_minute={POST: 60}, burst_seconds=10)
    gates = Gates([Gate(POST, tokens=1.0, refilled_at=NOON)], limits, NOON)
    digest = row(1, priority=5)
    assert chosen(digest, gates=gates).send == []
    assert seqs(chosen(digest, row(2, priority=0), gates=gates).send) == [1]


def test_nothing_to_do_is_said_so() -> None:
    assert chosen().is_empty
    assert chosen(row(1), posts_from=LATER).is_empty
    assert not chosen(row(1, expires_at=NOON)).is_empty
