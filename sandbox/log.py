"""The log: every call, delivery and socket frame with its payload and answer, the newest few thousand of them."""

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
LogKind = Literal["api", "delivery", "response_url", "socket"]
MOST = 5_000
MOST_BYTES = 32 * 1024 * 1024
# Tokens, and the tickets that open a socket, are nobody's to read.
SECRET = re.compile(r"\b(xox[a-z]-|xapp-|ticket=)[\w.-]+")


@dataclass(frozen=True)
class Seen:
    """What passed, before it has its number. `took` is in seconds."""

    at: str
    kind: LogKind
    name: str
    sent: Json
    answer: Json
    took: float
    retry: int | None = None
    fault: str = ""
    person: str = ""
    channel: str = ""


@dataclass(frozen=True)
class LogEntry:
    """One of them. Payloads are kept as text: what is changed later stays here as it was."""

    n: int
    at: str
    kind: LogKind
    name: str
    ok: bool
    error: str
    took: float
    retry: int | None
    fault: str
    person: str
    channel: str
    sent_text: str
    answer_text: str

    @property
    def sent(self) -> Json:
        return dict(json.loads(self.sent_text))

    @property
    def answer(self) -> Json:
        return dict(json.loads(self.answer_text))

    @property
    def size(self) -> int:
        return len(self.sent_text) + len(self.answer_text)

    def brief(self) -> Json:
        return {
            "n": self.n,
            "at": self.at,
            "kind": self.kind,
            "name": self.name,
            "ok": self.ok,
            "error": self.error,
            "took_ms": round(self.took * 1000, 1),
            "retry": self.retry,
            "fault": self.fault or None,
            "person": self.person,
            "channel": self.channel,
        }

    def whole(self) -> Json:
        return self.brief() | {"sent": self.sent, "answer": self.answer}


class Log:
    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self.last = 0
        self._entries: deque[LogEntry] = deque()
        self._most, self._most_bytes = most, most_bytes
        self._bytes = 0

    def __iter__(self) -> Iterator[LogEntry]:
        """Oldest first."""
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, seen: Seen) -> LogEntry:
        self.last += 1
        entry = LogEntry(
            self.last,
            seen.at,
            seen.kind,
            seen.name,
            ok=bool(seen.answer.get("ok")),
            error=str(seen.answer.get("error") or ""),
            took=seen.took,
            retry=seen.retry,
            fault=seen.fault,
            person=seen.person or _person(seen.sent),
            channel=seen.channel or _channel(seen.sent),
            sent_text=_text(seen.sent),
            answer_text=_text(seen.answer),
        )
        self._entries.append(entry)
        self._bytes += entry.size
        while len(self) > self._most or (self._bytes > self._most_bytes and len(self) > 1):
            self._bytes -= self._entries.popleft().size
        return entry

    def after(self, n: int, limit: int) -> list[LogEntry]:
        """The first `limit` of those with a number above n, oldest first."""
        left = min(max(self.last - n, 0), len(self))
        return [self._entries[-at] for at in range(left, max(left - limit, 0), -1)]

    def find(self, n: int) -> LogEntry | None:
        at = n - self.last - 1
        return self._entries[at] if -len(self) <= at < 0 else None


def _text(payload: Json) -> str:
    written = json.dumps(payload, ensure_ascii=False, default=str)
    return SECRET.sub(r"\1…", written)


def _person(sent: Json) -> str:
    """Whom it is about: the person who acted, or the one whom the app named."""
    event = _inner(sent, "event")
    for found in (event.get("user"), sent.get("user"), sent.get("user_id"), sent.get("channel")):
        one = _id(found)
        if one.startswith(("U", "W")):
            return one
    return ""


def _channel(sent: Json) -> str:
    event = _inner(sent, "event")
    inside = (_inner(event, "item"), _inner(sent, "container"))
    found = [event.get("channel"), sent.get("channel"), sent.get("channel_id")]
    found += [inside[0].get("channel"), inside[1].get("channel_id")]
    ids = (_id(one) for one in found)
    return next((one for one in ids if one.startswith(("C", "D", "G"))), "")


def _inner(payload: Json, name: str) -> Json:
    value = payload.get(name)
    return value if isinstance(value, dict) else {}


def _id(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    return value if isinstance(value, str) else ""
