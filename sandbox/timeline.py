"""The messages of one conversation, indexed so that every question is cheap."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.kinds import Json


@dataclass
class Timeline:
    """`order` holds the ts of what stands in the channel itself, oldest first; replies are in `threads`."""

    messages: dict[str, Json] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    threads: dict[str, list[str]] = field(default_factory=dict)

    def put(self, message: Json) -> None:
        ts = str(message["ts"])
        is_new = ts not in self.messages
        self.messages[ts] = message
        if not is_new:
            return
        parent = message.get("thread_ts")
        if parent and parent != ts:
            insort(self.threads.setdefault(parent, []), ts)
        if not parent or parent == ts or message.get("subtype") == "thread_broadcast":
            insort(self.order, ts)

    def count_reply(self, parent: Json, user: str) -> None:
        """Write on the parent what Slack writes there once it has replies."""
        replies = self.threads.get(parent["ts"], [])
        users: list[str] = parent.setdefault("reply_users", [])
        if user and user not in users:
            users.append(user)
        parent["thread_ts"] = parent["ts"]
        parent["reply_count"] = len(replies)
        parent["reply_users_count"] = len(users)
        if replies:
            parent["latest_reply"] = replies[-1]

    def recount(self, parent: Json) -> None:
        """The same, after a reply was taken away."""
        for name in (
            "reply_users",
            "reply_users_count",
            "reply_count",
            "latest_reply",
            "thread_ts",
        ):
            parent.pop(name, None)
        for reply in self.replies(parent["ts"]):
            self.count_reply(parent, reply.get("user", ""))

    def drop(self, ts: str) -> Json | None:
        message = self.messages.pop(ts, None)
        if message is None:
            return None
        _remove(self.order, ts)
        _remove(self.threads.get(message.get("thread_ts", ""), []), ts)
        return message

    def newest_first(
        self, oldest: str = "", latest: str = "", *, inclusive: bool = False, thread: str = ""
    ) -> Iterator[Json]:
        order = self.threads.get(thread, []) if thread else self.order
        start, end = _bounds(order, oldest, latest, inclusive=inclusive)
        for at in range(end - 1, start - 1, -1):
            yield self.messages[order[at]]

    def replies(self, ts: str) -> list[Json]:
        return [self.messages[reply] for reply in self.threads.get(ts, [])]

    @property
    def last_ts(self) -> str:
        return self.order[-1] if self.order else ""


def _bounds(order: list[str], oldest: str, latest: str, *, inclusive: bool) -> tuple[int, int]:
    start, end = 0, len(order)
    if oldest and oldest != "0":
        start = (bisect_left if inclusive else bisect_right)(order, _padded(oldest))
    if latest:
        end = (bisect_right if inclusive else bisect_left)(order, _padded(latest))
    return start, end


def _padded(ts: str) -> str:
    """Slack takes `1789` and `1789.5` for a ts too; ours have ten digits and six."""
    seconds, _, micros = ts.partition(".")
    return f"{seconds:0>10}.{micros[:6]:0<6}"


def _remove(order: list[str], ts: str) -> None:
    at = bisect_left(order, ts)
    if at < len(order) and order[at] == ts:
        del order[at]
