from dataclasses import replace

from bot.rules.delivery import Drawn, Place, card_call, history_call, markers_in, note_call
from tests.cast import NOON
from tests.rules.delivery.test_order import SHOWN, card, redraw, reply, row

MARKED = {"event_type": "baton", "event_payload": {"k": "m1"}}


def test_a_note_carries_the_marker_by_which_it_is_found_again() -> None:
    call = note_call(row(1))
    assert (call.method, call.payload) == (
        "chat.postMessage",
        {"channel": "C1", "text": "n1", "metadata": MARKED},
    )


def test_a_reply_goes_into_the_thread_of_its_card_in_the_channel_where_that_is() -> None:
    call = note_call(replace(reply(1, place=Place("D1", "1.1")), channel="U1"))
    assert (call.payload["channel"], call.payload["thread_ts"]) == ("D1", "1.1")


def test_a_card_is_posted_once_and_then_redrawn_where_it_is() -> None:
    drawn = Drawn("text", [{"type": "divider"}])
    first = card_call(card(1), drawn, "digest")
    assert first.method == "chat.postMessage"
    assert first.payload["metadata"] == MARKED
    again = card_call(redraw(2), replace(drawn, blocks=[]), "digest")
    assert again.method == "chat.update"
    assert again.payload == {"channel": "C1", "ts": "1.1", "text": "text", "blocks": []}


def test_a_home_tab_is_published() -> None:
    home = replace(card(1, channel="U1"), card_kind="home")
    call = card_call(home, Drawn(view={"type": "home"}), "digest")
    assert (call.method, call.payload) == (
        "views.publish",
        {"user_id": "U1", "view": {"type": "home"}},
    )


def test_equal_drawings_have_equal_digests() -> None:
    one, same = Drawn("a", [{"x": 1, "y": 2}]), Drawn("a", ({"y": 2, "x": 1},))
    assert one.digest() == same.digest()
    assert one.digest() != Drawn("b", one.blocks).digest()
    assert SHOWN.drawing != one.digest()


def test_history_begins_a_minute_early_since_clocks_differ() -> None:
    method, payload = history_call("C1", None, NOON, "")
    assert method == "conversations.history"
    assert float(payload["oldest"]) == NOON.timestamp() - 60
    assert payload["include_all_metadata"] is True
    method, payload = history_call("C1", "1.1", NOON, "next")
    assert (method, payload["ts"], payload["cursor"]) == ("conversations.replies", "1.1", "next")


def test_only_our_own_markers_are_found() -> None:
    page = {
        "messages": [
            {"ts": "3.0"},
            {"ts": "2.0", "metadata": {"event_type": "other", "event_payload": {"k": "m2"}}},
            {"ts": "1.0", "metadata": MARKED},
            {"ts": "0.5", "metadata": None},
        ]
    }
    assert markers_in(page) == {"m1": "1.0"}
