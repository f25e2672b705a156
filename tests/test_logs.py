"""The log has ids, types and places, and never a token or what a person typed."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from slack_sdk.errors import SlackApiError

from bot import logs
from tests.written import log_written

CANARY = "my customer is called Pelikan"
TOKEN = "xoxb-12345-canary"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged as JSON, at the most talkative level."""
    with log_written(secrets=["hunter2-secret"]) as out:
        yield out


def lines(written: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.parametrize(
    "said",
    [
        TOKEN,
        "xoxp-1-2",
        "xapp-1-A0-12-abc",
        "xoxe.xoxb-1-abc",
        "wss://wss.slack.com/link/?ticket=abc-123&app_id=A1",
        "hunter2-secret",
    ],
)
def test_tokens_and_secrets_are_hidden(written: io.StringIO, said: str) -> None:
    logging.getLogger("bot").info("said %s", said)
    structlog.get_logger("bot").info("said", what=said)

    assert written.getvalue().count(logs.HIDDEN) == 2
    assert not {"hunter2", "canary", "abc", "xoxp"} & set(
        written.getvalue().replace("-", " ").split()
    )


def test_an_exception_is_types_and_places(written: io.StringIO) -> None:
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise KeyError(CANARY) from error
    except KeyError:
        logging.getLogger("bot").exception("Unexpected error %s", "a1b2")

    [line] = lines(written)
    assert "KeyError" in line["exception"]
    assert "caused by ValueError" in line["exception"]
    assert "test_an_exception_is_types_and_places" in line["exception"]
    assert "Pelikan" not in written.getvalue()


def test_a_group_names_what_is_in_it(written: io.StringIO) -> None:
    group = ExceptionGroup(CANARY, [ValueError(CANARY), OSError(28, CANARY)])
    logging.getLogger("bot").error("Failed", exc_info=group)

    [line] = lines(written)
    assert "within it, ValueError" in line["exception"]
    assert "within it, OSError 28" in line["exception"]
    assert "Pelikan" not in written.getvalue()


def test_slacks_own_code_is_told() -> None:
    error = SlackApiError(CANARY, {"error": "channel_not_found"})  # type: ignore[no-untyped-call]

    assert logs.places(error) == "SlackApiError channel_not_found"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("slack_sdk.web.async_base_client", logging.DEBUG),
        ("slack_bolt.AsyncApp", logging.WARNING),
        ("slack_bolt.RequestVerification", logging.ERROR),
        ("sqlalchemy.engine", logging.INFO),
        ("uvicorn.access", logging.INFO),
        ("aiohttp.client", logging.DEBUG),
    ],
)
def test_the_libraries_do_not_dump_payloads(written: io.StringIO, name: str, level: int) -> None:
    logger = logging.getLogger(name)
    before, logger.level = logger.level, logging.DEBUG  # as Bolt does when it starts
    logger.log(level, CANARY)
    logger.level = before

    assert written.getvalue() == ""


def test_console_is_one_line_for_people() -> None:
    with log_written("info", "console") as out:
        logging.getLogger("bot").debug("not this")
        logging.getLogger("bot").info("Connected to %s", "Slack")

    assert "[info     ] Connected to Slack" in out.getvalue()
    assert len(out.getvalue().splitlines()) == 1
