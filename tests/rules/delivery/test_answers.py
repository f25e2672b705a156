import re
from datetime import timedelta

import pytest

from bot.rules.delivery import POST, PUBLISH, UPDATE, Answer, Outcome, backoff, classify
from bot.rules.delivery.answers import MEANING


@pytest.mark.parametrize(
    ("error", "post", "update", "publish"),
    [
        ("", Outcome.SENT, Outcome.SENT, Outcome.SENT),
        ("no_answer", Outcome.UNCLEAR, Outcome.RETRY, Outcome.RETRY),
        ("http_500", Outcome.UNCLEAR, Outcome.RETRY, Outcome.RETRY),
        ("http_503", Outcome.UNCLEAR, Outcome.RETRY, Outcome.RETRY),
        ("fatal_error", Outcome.UNCLEAR, Outcome.RETRY, Outcome.RETRY),
        ("internal_error", Outcome.UNCLEAR, Outcome.RETRY, Outcome.RETRY),
        ("request_timeout", Outcome.UNCLEAR, Outcome.RETRY, Outcome.RETRY),
        ("not_reached", Outcome.RETRY, Outcome.RETRY, Outcome.RETRY),
        ("something_new", Outcome.RETRY, Outcome.RETRY, Outcome.RETRY),
        ("ratelimited", Outcome.LATER, Outcome.LATER, Outcome.LATER),
        ("channel_not_found", Outcome.DEAD, Outcome.DEAD, Outcome.DEAD),
        ("is_archived", Outcome.DEAD, Outcome.DEAD, Outcome.DEAD),
        ("not_in_channel", Outcome.DEAD, Outcome.DEAD, Outcome.DEAD),
        ("invalid_blocks", Outcome.DEAD, Outcome.DEAD, Outcome.DEAD),
        ("msg_too_long", Outcome.DEAD, Outcome.DEAD, Outcome.DEAD),
        ("restricted_action", Outcome.DEAD, Outcome.DEAD, Outcome.DEAD),
        ("restricted_action_read_only_channel", Outcome.DEAD, Outcome.DEAD, Outcome.DEAD),
        ("token_revoked", Outcome.CLOSED, Outcome.CLOSED, Outcome.CLOSED),
        ("account_inactive", Outcome.CLOSED, Outcome.CLOSED, Outcome.CLOSED),
        ("invalid_auth", Outcome.CLOSED, Outcome.CLOSED, Outcome.CLOSED),
        ("no_token", Outcome.CLOSED, Outcome.CLOSED, Outcome.CLOSED),
        ("message_not_found", Outcome.RETRY, Outcome.GONE, Outcome.RETRY),
        ("cant_update_message", Outcome.RETRY, Outcome.GONE, Outcome.RETRY),
    ],
)
def test_what_an_answer_means(error: str, post: Outcome, update: Outcome, publish: Outcome) -> None:
    answer = Answer(error)
    assert [classify(answer, method) for method in (POST, UPDATE, PUBLISH)] == [
        post,
        update,
        publish,
    ]


def test_whatever_says_when_to_come_back_is_a_rate_limit() -> None:
    assert classify(Answer("http_429", retry_after=3), POST) is Outcome.LATER


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 1), (2, 2), (3, 4), (8, 128), (9, 256), (10, 300), (12, 300), (10_000, 300)],
)
def test_backoff_doubles_up_to_five_minutes(failures: int, seconds: int) -> None:
    assert backoff(failures, 0.5) == timedelta(seconds=seconds)
    assert backoff(failures, 0.0) == timedelta(seconds=seconds * 0.75)
    assert backoff(failures, 0.999) < timedelta(seconds=seconds * 1.25)


def test_words_are_words() -> None:
    assert all(re.fullmatch("[a-z0-9_]+", word) for word in MEANING)
