"""What Slack and the network do, as plain answers."""

from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from schedules.delivery import WebApi
from tests.fakes.web_api import (
    GARBAGE,
    PLAIN_TEXT,
    RATE_LIMIT,
    RESET_BEFORE,
    STORE_THEN_500,
    STORE_THEN_RESET,
    client_of,
    fake_web_api,
)

PAYLOAD = {"channel": "C1", "text": "hello"}


@pytest.mark.parametrize(
    ("fault", "error", "stored"),
    [
        ("", "", 1),
        ("channel_not_found", "channel_not_found", 0),
        (RATE_LIMIT, "ratelimited", 0),
        (RESET_BEFORE, "no_answer", 0),
        (STORE_THEN_RESET, "no_answer", 1),
        (STORE_THEN_500, "http_500", 1),
        (GARBAGE, "http_502", 1),
        (PLAIN_TEXT, "no_answer", 1),
    ],
)
async def test_each_end_of_a_call_has_a_word(fault: str, error: str, stored: int) -> None:
    async with fake_web_api() as slack, client_of(slack.url) as client:
        slack.fault, slack.retry_after = (lambda _m, _p: fault), "7"
        answer = await WebApi(client).call("chat.postMessage", PAYLOAD)
        assert answer.error == error
        assert answer.retry_after == (7 if fault == RATE_LIMIT else None)
        assert len(slack.texts("C1")) == stored
        assert len(slack.calls) == 1


async def test_an_answer_holds_where_the_message_is() -> None:
    async with fake_web_api() as slack, client_of(slack.url) as client:
        answer = await WebApi(client).call("chat.postMessage", PAYLOAD)
        assert (answer.data["channel"], answer.data["ts"]) == ("C1", slack.messages["C1"][0]["ts"])


async def test_methods_about_files_are_sent_as_forms() -> None:
    """Slack takes the first of them in no other way."""
    async with fake_web_api() as slack, client_of(slack.url) as client:
        api = WebApi(client)
        await api.call("files.getUploadURLExternal", {"filename": "a&b.xlsx", "length": 12})
        await api.call(
            "files.completeUploadExternal", {"files": [{"id": "F1"}], "channel_id": "D1"}
        )
        assert slack.calls == [
            ("files.getUploadURLExternal", {"filename": "a&b.xlsx", "length": "12"}),
            ("files.completeUploadExternal", {"files": '[{"id": "F1"}]', "channel_id": "D1"}),
        ]


@pytest.mark.parametrize(
    ("fault", "error"), [("", ""), ("500", "http_500"), (STORE_THEN_RESET, "no_answer")]
)
async def test_the_bytes_of_a_file_arrive_as_they_are(
    tmp_path: Path, fault: str, error: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(range(256)) * 999)
    async with fake_web_api() as slack, client_of(slack.url) as client:
        slack.fault = lambda _method, _payload: fault
        answer = await WebApi(client).upload(slack.url.replace("/api/", "/upload"), path)
        assert answer.error == error
        assert slack.uploads == [bytes(range(256)) * 999]
    async with client_of("http://127.0.0.1:1/api/") as client:
        answer = await WebApi(client).upload("http://127.0.0.1:1/upload", path)
        assert answer.error == "not_reached"


async def test_no_answer_in_time_is_no_answer() -> None:
    async with fake_web_api() as slack, client_of(slack.url, seconds=0.05) as client:
        slack.delay = 0.5
        assert (await WebApi(client).call("chat.postMessage", PAYLOAD)).error == "no_answer"


async def test_who_cannot_be_reached_has_certainly_not_heard() -> None:
    async with client_of("http://127.0.0.1:1/api/") as client:
        assert (await WebApi(client).call("chat.postMessage", PAYLOAD)).error == "not_reached"


async def test_a_client_that_repeats_calls_by_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        WebApi(AsyncWebClient("xoxb-test"))
