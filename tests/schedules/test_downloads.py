"""Fetching a file: only from Slack, only as much as is wanted, and a word for every way in which it can fail."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.server import Sandbox
from schedules.delivery import WebApi
from schedules.downloads import NOT_SLACKS, TOO_LARGE
from tests.fakes.web_api import client_of
from tests.sandbox.conftest import MANIFEST, SEED

BODY = b"a,b\n1,2\n"
MOST = 1_000


@asynccontextmanager
async def a_slack(answer: web.Response | None = None) -> AsyncIterator[str]:
    """Its address. It gives files to whoever shows the token, or answers as it is told; `/login` is a page."""

    async def give(request: web.Request) -> web.StreamResponse:
        assert request.headers["Authorization"] == "Bearer xoxb-test"
        return answer or web.Response(body=BODY)

    async def login(_request: web.Request) -> web.Response:
        return web.Response(text="<html>", content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/file", give), web.get("/login", login)])
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


async def test_the_bytes_are_brought(tmp_path: Path) -> None:
    async with a_slack() as url, client_of(url) as client:
        answer = await WebApi(client).download(f"{url}file", tmp_path / "x.csv", MOST)
    assert answer.error == ""
    assert (tmp_path / "x.csv").read_bytes() == BODY


async def test_no_more_than_is_wanted(tmp_path: Path) -> None:
    async with a_slack() as url, client_of(url) as client:
        answer = await WebApi(client).download(f"{url}file", tmp_path / "x.csv", len(BODY) - 1)
    assert answer.error == TOO_LARGE


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (403, "missing_scope"),
        (404, "file_not_found"),
        (410, "file_not_found"),
        (500, "http_500"),
    ],
)
async def test_each_status_has_a_word(tmp_path: Path, status: int, error: str) -> None:
    async with a_slack(web.Response(status=status)) as url, client_of(url) as client:
        answer = await WebApi(client).download(f"{url}file", tmp_path / "x.csv", MOST)
    assert answer.error == error


async def test_slack_asks_to_wait(tmp_path: Path) -> None:
    busy = web.Response(status=429, headers={"Retry-After": "30"})
    async with a_slack(busy) as url, client_of(url) as client:
        answer = await WebApi(client).download(f"{url}file", tmp_path / "x.csv", MOST)
    assert (answer.error, answer.retry_after) == ("http_429", 30)


async def test_the_page_where_people_sign_in_is_no_file(tmp_path: Path) -> None:
    """So Slack answers a token that may not read files."""
    away = web.Response(status=302, headers={"Location": "/login"})
    async with a_slack(away) as url, client_of(url) as client:
        answer = await WebApi(client).download(f"{url}file", tmp_path / "x.csv", MOST)
    assert answer.error == "missing_scope"


@pytest.mark.parametrize(
    "address",
    ["https://files.example/x", "http://files.slack.com/x", "https://files.slack.com.example/x"],
)
async def test_nobody_else_sees_the_token(tmp_path: Path, address: str) -> None:
    async with client_of("https://slack.com/api/") as client:
        answer = await WebApi(client).download(address, tmp_path / "x.csv", MOST)
    assert answer.error == NOT_SLACKS


async def test_when_nobody_answers_it_is_no_fault_of_the_file(tmp_path: Path) -> None:
    async with a_slack() as url, client_of(url) as client:
        gone = WebApi(client)
        client.base_url = "http://127.0.0.1:9/"
        answer = await gone.download("http://127.0.0.1:9/file", tmp_path / "x.csv", MOST)
    assert answer.error == "not_reached"


async def test_the_local_workspace_gives_files_as_slack_does(tmp_path: Path) -> None:
    async with Sandbox(SEED, MANIFEST) as slack, client_of(slack.api_url) as client:
        client.token = slack.bot_token
        alice = slack.person("alice")
        file_id = await alice.uploads("x.csv", BODY)
        api = WebApi(client)
        hidden = await api.call("files.info", {"file": file_id})
        assert hidden.error == "file_not_found"
        await alice.says(alice.dm_room, "", files=(file_id,))
        known = await api.call("files.info", {"file": file_id})
        url = known.data["file"]["url_private_download"]
        answer = await api.download(url, tmp_path / "x.csv", MOST)
    assert answer.error == ""
    assert (tmp_path / "x.csv").read_bytes() == BODY
