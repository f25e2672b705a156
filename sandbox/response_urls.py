"""Response urls: five answers within thirty minutes to whoever acted, without a token."""

import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.store import Store

LIVES = timedelta(minutes=30)
USES = 5
KIND = "response_url"


class UrlRefused(Exception):
    """`expired_url` or `used_url`."""


@dataclass
class ResponseUrl:
    person: str
    channel: str
    # When it was issued, ISO.
    at: str
    # The message acted upon; empty after a command or a submission.
    ts: str = ""
    is_ephemeral: bool = False
    thread_ts: str = ""
    left: int = USES

    def is_over(self, now: datetime) -> bool:
        return now - datetime.fromisoformat(self.at) > LIVES


@dataclass
class ResponseUrls:
    """Kept in the workspace's file too: an app may use one that it got before a restart."""

    clock: Clock
    store: Store
    base_url: str = ""
    issued: dict[str, ResponseUrl] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = sorted(self.store.all(KIND), key=lambda one: str(one[1]["at"]))
        self.issued = {key: ResponseUrl(**body) for key, body in kept}

    def issue(
        self,
        person: str,
        channel: str,
        ts: str = "",
        *,
        ephemeral: bool = False,
        thread_ts: str = "",
    ) -> str:
        now = self.clock.now()
        self._forget(now)
        key = secrets.token_hex(16)
        self._keep(key, ResponseUrl(person, channel, now.isoformat(), ts, ephemeral, thread_ts))
        return f"{self.base_url}/response/{key}"

    def find(self, key: str) -> ResponseUrl | None:
        return self.issued.get(key)

    def use(self, key: str) -> ResponseUrl:
        """Raises UrlRefused."""
        url = self.issued.get(key)
        if url is None or url.is_over(self.clock.now()):
            raise UrlRefused("expired_url")
        if url.left == 0:
            raise UrlRefused("used_url")
        url.left -= 1
        self._keep(key, url)
        return url

    def _keep(self, key: str, url: ResponseUrl) -> None:
        self.issued[key] = url
        self.store.put(KIND, key, asdict(url))

    def _forget(self, now: datetime) -> None:
        while self.issued:
            oldest = next(iter(self.issued))
            if not self.issued[oldest].is_over(now):
                return
            del self.issued[oldest]
            self.store.drop(KIND, oldest)
