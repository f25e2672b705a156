"""The log: bounded, numbered without gaps, as things were when they passed."""

from sandbox.kinds import Json
from sandbox.log import Log, Seen


def seen(name: str = "auth.test", sent: Json | None = None, answer: Json | None = None) -> Seen:
    return Seen("2026-03-02T12:00:00+00:00", "api", name, sent or {}, answer or {"ok": True}, 0.001)


def numbers(log: Log) -> list[int]:
    return [one.n for one in log]


def test_the_oldest_go_when_there_are_too_many() -> None:
    log = Log(most=3)
    for _ in range(5):
        log.add(seen())
    assert numbers(log) == [3, 4, 5]
    assert [one.n for one in log.after(0, 10)] == [3, 4, 5]
    assert [one.n for one in log.after(3, 1)] == [4]
    assert log.after(5, 10) == log.after(9, 10) == log.after(0, 0) == []
    assert [log.find(n) and n for n in range(7)] == [None, None, None, 3, 4, 5, None]


def test_the_oldest_go_when_they_are_too_large_and_the_newest_stays() -> None:
    log = Log(most_bytes=300)
    for _ in range(4):
        log.add(seen(sent={"text": "x" * 80}))
    assert numbers(log) == [3, 4]
    log.add(seen(sent={"text": "x" * 1000}))
    assert numbers(log) == [5]


def test_what_changes_later_stays_as_it_was() -> None:
    log, message = Log(), {"text": "before"}
    entry = log.add(seen(answer={"ok": True, "message": message}))
    message["text"] = "after"
    assert entry.answer["message"]["text"] == "before"


def test_tokens_are_cut() -> None:
    log = Log()
    sent = {"text": "<xoxb-12-ab_c> and xapp-1-9f", "url": "ws://x/?ticket=00ff&y=1"}
    entry = log.add(seen(sent=sent))
    assert entry.sent == {"text": "<xoxb-…> and xapp-…", "url": "ws://x/?ticket=…&y=1"}


def test_whom_and_where_it_concerns() -> None:
    log = Log()
    known: list[tuple[Json, tuple[str, str]]] = [
        ({"channel": "C1", "text": "x"}, ("", "C1")),
        ({"channel": "U1"}, ("U1", "")),
        ({"user": {"id": "U1"}, "channel": {"id": "D1"}}, ("U1", "D1")),
        ({"user": {"id": "U1"}, "container": {"channel_id": "C1"}}, ("U1", "C1")),
        ({"user_id": "U1", "channel_id": "G1"}, ("U1", "G1")),
        ({"event": {"user": {"id": "U1"}}}, ("U1", "")),
        ({"event": {"user": "U1", "item": {"channel": "C1"}}}, ("U1", "C1")),
        ({"event": {"channel": {"id": "C1"}}}, ("", "C1")),
        ({"channel": "#billing", "user": 7}, ("", "")),
    ]
    for sent, (person, channel) in known:
        entry = log.add(seen(sent=sent))
        assert (entry.person, entry.channel) == (person, channel), sent


def test_what_is_no_json_is_written_down_too() -> None:
    assert Log().add(seen(sent={"file": b"bytes"})).sent == {"file": "b'bytes'"}
