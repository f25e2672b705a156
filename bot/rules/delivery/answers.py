"""What an answer of Slack means for the thing that was said: done, try later, never, or nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any

POST = "chat.postMessage"
UPDATE = "chat.update"
PUBLISH = "views.publish"
SHARE = "files.completeUploadExternal"
SAYS_ANEW = frozenset({POST, SHARE})
"""What makes a new message, and so must never be done twice."""

MAX_ATTEMPTS = 12
AWAY_ATTEMPTS = (
    9  # tries at a Slack that is away count only up to here, where the back-off is longest
)
LONGEST_BACKOFF = timedelta(seconds=300)

# Words of our own for what has no answer of Slack's.
NOT_REACHED = "not_reached"  # no byte left this machine
NO_ANSWER = "no_answer"  # time-out or reset after something may have left
NO_TOKEN = "no_token"  # noqa: S105 - a word, not a token


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `error` is Slack's word, ours, or `http_…`; empty when it worked. `retry_after` is in seconds."""

    error: str = ""
    retry_after: float | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


class Outcome(Enum):
    SENT = "sent"
    LATER = "later"  # refused for now by a rate limit: no fault of this message
    RETRY = "retry"  # refused, perhaps not for ever
    UNCLEAR = "unclear"  # it may be in the channel
    DEAD = "dead"  # it will never be accepted
    GONE = "gone"  # the message to redraw is no more: post it anew
    CLOSED = "closed"  # the workspace does not let us in


_MEANINGS = {
    Outcome.UNCLEAR: {
        "fatal_error", "internal_error", "no_answer", "request_timeout", "service_unavailable",
    },
    Outcome.LATER: {
        "http_429", "rate_limited", "ratelimited",
    },
    Outcome.CLOSED: {
        "account_inactive", "invalid_auth", "no_token", "not_authed", "org_login_required",
        "token_expired", "token_revoked",
    },
    Outcome.GONE: {
        "cant_update_message", "edit_window_closed", "message_not_found",
    },
    Outcome.DEAD: {
        "cannot_dm_bot", "cannot_reply_to_message", "channel_not_found", "ekm_access_denied",
        "file_deleted", "file_not_found",
        "invalid_arg_name", "invalid_arguments", "invalid_blocks", "invalid_blocks_format",
        "invalid_metadata_format", "invalid_metadata_schema", "is_archived", "is_inactive",
        "messages_tab_disabled", "metadata_too_large", "missing_scope", "msg_blocks_too_long",
        "msg_too_long", "no_permission", "no_text", "not_enabled", "not_in_channel",
        "user_disabled", "user_not_found", "users_not_found", "view_too_large",
    },
}  # fmt: skip
AWAY = {NOT_REACHED, NO_ANSWER, "request_timeout", "service_unavailable"}
MEANING = {word: outcome for outcome, words in _MEANINGS.items() for word in words}


def classify(answer: Answer, method: str) -> Outcome:
    """A post is not repeatable, so an unclear one must be looked for; redraws may simply be repeated."""
    if not answer.error:
        return Outcome.SENT
    if answer.retry_after is not None:
        return Outcome.LATER
    meaning = MEANING.get(answer.error, Outcome.RETRY)
    if answer.error.startswith("http_5"):
        meaning = Outcome.UNCLEAR
    if answer.error.startswith("restricted_action"):
        meaning = Outcome.DEAD
    only_for = {Outcome.UNCLEAR: SAYS_ANEW, Outcome.GONE: {UPDATE}}
    return meaning if method in only_for.get(meaning, {method}) else Outcome.RETRY


def is_away(answer: Answer) -> bool:
    """Slack itself is away, or what lies between: no fault of this message, however long it lasts."""
    return answer.error in AWAY or answer.error.startswith("http_5")


def backoff(failures: int, chance: float) -> timedelta:
    """1, 2, 4 … 300 s after so many failures, give or take a quarter. `chance` is in [0, 1)."""
    plain = min(timedelta(seconds=2 ** min(failures - 1, 20)), LONGEST_BACKOFF)
    return plain * (0.75 + chance / 2)
