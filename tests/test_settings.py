"""Settings say which one is wrong, why, and what to write; and the documents say what the class says."""

import os
import re
import textwrap
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import settings
from bot.errors import CannotStart
from bot.settings import Settings
from tests.about_the_code.source import ROOT

BOT, APP, SECRET = "xoxb-12345-abcdef", "xapp-1-12345-abcdef", "0123456789abcdef0123456789abcdef"
ENOUGH = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(monkeypatch: pytest.MonkeyPatch, **given: str) -> Settings:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return settings.read()


def test_with_an_app_token_it_is_socket_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = read(monkeypatch, **ENOUGH)

    assert chosen.over_socket
    assert chosen.database_url.get_secret_value() == "sqlite+aiosqlite:///baton.db"
    assert (chosen.host, chosen.port) == ("127.0.0.1", 3000)
    assert (chosen.log_level, chosen.log_format) == ("info", "console")


def test_with_a_signing_secret_alone_it_is_http(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read(
        monkeypatch, SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=f" {SECRET}\n"
    ).over_socket


def test_the_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN={APP}\nPORT=4000\n")

    assert settings.read().port == 4000
    assert read(monkeypatch, PORT="5000").port == 5000


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({}, "SLACK_BOT_TOKEN is missing. Write it into .env: the Bot User OAuth Token"),
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing."),
        ({"SLACK_BOT_TOKEN": BOT}, "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both missing"),
        (
            ENOUGH | {"SLACK_BOT_TOKEN": APP},
            "SLACK_BOT_TOKEN is wrong: it begins with xapp-, and xoxb- is wanted. Copy the",
        ),
        (ENOUGH | {"SLACK_BOT_TOKEN": "xoxb-…"}, "SLACK_BOT_TOKEN is wrong: something is missing"),
        (ENOUGH | {"SLACK_APP_TOKEN": BOT}, "SLACK_APP_TOKEN is wrong: it begins with xoxb-"),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": "a b"},
            "SLACK_SIGNING_SECRET is wrong: it is not a signing secret",
        ),
        (ENOUGH | {"SLACK_API_URL": "slack"}, "SLACK_API_URL is wrong: it is not an address."),
        (
            ENOUGH | {"SLACK_API_URL": "http://slack.com/api/"},
            "SLACK_API_URL is wrong: the token would travel unencrypted.",
        ),
        (ENOUGH | {"DATABASE_URL": "mysql://a/b"}, "DATABASE_URL is wrong: Baton keeps its data"),
        (ENOUGH | {"DATABASE_URL": "baton.db"}, "DATABASE_URL is wrong: it is not the address"),
        (ENOUGH | {"DATABASE_URL": "sqlite://"}, "DATABASE_URL is wrong: a database in memory"),
        (ENOUGH | {"PORT": "http"}, "PORT is wrong: input should be a valid integer"),
        (ENOUGH | {"PORT": "70000"}, "PORT is wrong: input should be less than or equal to 65535"),
        (ENOUGH | {"LOG_LEVEL": "loud"}, "LOG_LEVEL is wrong: input should be 'debug', 'info'"),
        (ENOUGH | {"LOG_FORMAT": "xml"}, "LOG_FORMAT is wrong: input should be 'console' or"),
        (ENOUGH | {"PORT": "http", "LOG_FORMAT": "xml"}, "Also wrong: LOG_FORMAT."),
    ],
)
def test_one_line_says_which_and_why_and_what_to_write(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], line: str
) -> None:
    with pytest.raises(CannotStart) as problem:
        read(monkeypatch, **given)

    assert line in str(problem.value)
    assert "\n" not in str(problem.value)
    assert not {BOT, APP, SECRET} & set(str(problem.value).split())


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite"),
        ("postgres://u:p@h/n", "postgresql+asyncpg"),
        ("postgresql+psycopg://u:p@h/n", "postgresql+asyncpg"),
    ],
)
def test_the_driver_is_ours(monkeypatch: pytest.MonkeyPatch, written: str, driver: str) -> None:
    chosen = read(monkeypatch, **ENOUGH, DATABASE_URL=written)

    assert chosen.database_url.get_secret_value().startswith(f"{driver}://")


def test_secrets_are_hidden_when_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://baton:pa55word@db/baton"
    chosen = read(monkeypatch, **ENOUGH, SLACK_SIGNING_SECRET=SECRET, DATABASE_URL=url)

    assert set(chosen.secrets) == {BOT, APP, SECRET, "pa55word"}
    assert not any(secret in repr(chosen) for secret in chosen.secrets)


@pytest.mark.parametrize(
    ("url", "through_proxy"),
    [
        ("https://slack.com/api/", True),
        ("https://slack-gov.com/api", True),
        ("http://127.0.0.1:8765/api/", False),
        ("http://sandbox:8765/api/", False),
        ("https://notslack.com/api/", False),
    ],
)
def test_only_slack_is_reached_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch, url: str, through_proxy: bool
) -> None:
    assert read(monkeypatch, **ENOUGH, SLACK_API_URL=url).may_use_proxy is through_proxy


def written_default(name: str) -> str:
    default = Settings.model_fields[name].default
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    return "" if default is None else str(default).lower()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_example_and_the_reference_say_what_the_class_says(name: str) -> None:
    field = Settings.model_fields[name]
    assert field.description
    default = "" if field.is_required() else written_default(name)

    example = (ROOT / ".env.example").read_text()
    sentence = "\n".join(textwrap.wrap(f"# {field.description}", 110, subsequent_indent="# "))
    assert re.search(
        rf"^{re.escape(sentence)}\n(# )?{name.upper()}={re.escape(default)}$", example, re.MULTILINE
    )

    shown = "must be set" if field.is_required() else f"`{default}`" if default else "none"
    reference = (ROOT / "docs/reference/settings.md").read_text()
    assert f"| `{name.upper()}` | {shown} | {field.description} |" in reference.splitlines()


def test_nothing_else_stands_in_the_example_or_the_reference() -> None:
    names = {name.upper() for name in Settings.model_fields}
    example = (ROOT / ".env.example").read_text()
    reference = (ROOT / "docs/reference/settings.md").read_text()

    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) == names
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", reference, re.MULTILINE)) == names


def test_a_file_that_is_not_text_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")

    with pytest.raises(CannotStart, match="not UTF-8"):
        settings.read()
    assert "SLACK_BOT_TOKEN" not in os.environ
