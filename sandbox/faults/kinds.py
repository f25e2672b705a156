"""The kinds of fault that can be switched on: what each is called, explains, asks for and strikes."""

from dataclasses import dataclass
from typing import Literal

from sandbox.faults.passage import When
from sandbox.kinds import Json

Strikes = Literal["api", "delivery", "both", "socket", "token"]
MOST_SECONDS = 3600
REFUSALS = ("invalid_auth", "token_revoked", "token_expired", "account_inactive")
LEAVINGS = ("cut", "warning", "refresh_requested", "link_disabled")


@dataclass(frozen=True)
class Ask:
    """One thing that a kind lets one choose."""

    name: str
    label: str
    type: Literal["number", "select"]
    default: object
    options: tuple[str, ...] = ()

    def shown(self) -> Json:
        shape = {"name": self.name, "label": self.label, "type": self.type, "default": self.default}
        return shape | ({"options": list(self.options)} if self.options else {})

    def checked(self, value: object) -> object:
        """The value, if it can be used. Raises ValueError with a sentence."""
        if self.type == "select":
            if value not in self.options:
                raise ValueError(f"{self.label} is one of {', '.join(self.options)}.")
            return value
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= float(str(value)) <= MOST_SECONDS:
            raise ValueError(f"{self.label} is a number from 0 to {MOST_SECONDS}.")
        return value


@dataclass(frozen=True)
class Kind:
    kind: str
    title: str
    explains: str
    strikes: Strikes
    fields: tuple[Ask, ...] = ()
    when: When = "before"

    def shown(self) -> Json:
        return {
            "kind": self.kind,
            "title": self.title,
            "explains": self.explains,
            "strikes": self.strikes,
            "fields": [one.shown() for one in self.fields],
        }


RETRY_AFTER = Ask("retry_after", "Seconds to wait (Retry-After)", "number", 30)
SECONDS = Ask("seconds", "Seconds", "number", 2)
REFUSED_WITH = Ask("error", "Error", "select", REFUSALS[0], REFUSALS)
LEAVING = Ask("reason", "How they are closed", "select", LEAVINGS[0], LEAVINGS)

KINDS: dict[str, Kind] = {
    one.kind: one
    for one in (
        Kind(
            "rate_limited",
            "Too many requests",
            "The call is answered 429 with Retry-After, and nothing is done.",
            "api",
            (RETRY_AFTER,),
        ),
        Kind(
            "tiers",
            "Slack's own rate limits",
            "Each method has the calls a minute that Slack allows it, and a channel one message a second.",
            "api",
        ),
        Kind(
            "drop_before",
            "Connection lost before",
            "The connection is cut before anything is done or heard.",
            "both",
        ),
        Kind(
            "drop_stored",
            "Connection lost after",
            "It is done or heard, and then the connection is cut before the answer.",
            "both",
            when="stored",
        ),
        Kind("hang", "No answer", "Nothing is done, and no answer ever comes.", "both"),
        Kind(
            "server_error",
            "Internal error",
            "Answered with status 500, and nothing is done or heard.",
            "both",
        ),
        Kind("slow", "Slow", "It takes this many seconds longer to arrive.", "both", (SECONDS,)),
        Kind("twice", "Delivered twice", "The app is brought the same thing twice.", "delivery"),
        Kind(
            "lose_ack",
            "Ack lost",
            "The app is brought it and answers, and Slack never hears the answer.",
            "delivery",
            when="stored",
        ),
        Kind(
            "refuse_token",
            "Token refused",
            "Every call that needs a token is refused.",
            "token",
            (REFUSED_WITH,),
        ),
        Kind(
            "close_sockets",
            "Sockets closed",
            "All Socket Mode connections are closed, at once.",
            "socket",
            (LEAVING,),
        ),
    )
}
