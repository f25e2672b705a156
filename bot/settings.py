"""What an operator decides: read from the environment and from `.env`, checked once, before anything starts."""

import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import CannotStart
from storage.sealing import Keys, NotAKey, read_keys

SLACK_API = "https://slack.com/api/"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


class Settings(BaseSettings):
    """Every setting. A description is one sentence; `.env.example` and docs/reference/settings.md repeat it."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_default=True,
        hide_input_in_errors=True,
    )

    slack_bot_token: SecretStr = Field(
        description="The Bot User OAuth Token of your Slack app, from OAuth & Permissions; it begins with xoxb-."
    )
    slack_app_token: SecretStr | None = Field(
        None,
        description="An app-level token with connections:write, which begins with xapp-; when it is there, Baton uses "
        "Socket Mode and needs no public address.",
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        description="The Signing Secret from Basic Information, which proves over HTTP that a request is Slack's; "
        "needed when there is no SLACK_APP_TOKEN.",
    )
    slack_api_url: str = Field(
        SLACK_API, description="Where Slack's Web API is; change it only to talk to a sandbox."
    )
    database_url: SecretStr = Field(
        SecretStr("sqlite:///baton.db"),
        description="Where everything is kept: a SQLite file, or postgresql://user:password@host/name.",
    )
    migrate_at_start: bool = Field(
        default=False,
        description="Whether `baton run` may change the schema of a PostgreSQL database; a SQLite file is always "
        "brought up to date.",
    )
    encryption_keys: SecretStr | None = Field(
        None,
        description="The keys with which coaching notes are kept encrypted, the newest first, with commas between; "
        "get one from `baton new-key`, and keep a copy of it apart from the database.",
    )
    host: str = Field(
        "127.0.0.1",
        description="The address to listen on, for Slack over HTTP and for health checks; 0.0.0.0 in a container.",
    )
    port: int = Field(
        3000, ge=0, le=65535, description="The port to listen on; 0 takes any free one."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much to log: debug, info, warning or error."
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="How to log: console for people, json for machines."
    )

    @property
    def over_socket(self) -> bool:
        """Socket Mode, where Baton calls Slack; otherwise HTTP, where Slack calls Baton."""
        return self.slack_app_token is not None

    @property
    def keys(self) -> Keys:
        """What seals and opens coaching notes; none at all if no key is set."""
        return read_keys(self.encryption_keys.get_secret_value() if self.encryption_keys else "")

    @property
    def may_use_proxy(self) -> bool:
        """HTTPS_PROXY is for Slack's own hosts: nothing on this machine or beside it is reached through it."""
        host = _scheme_and_host(self.slack_api_url)[1]
        return f".{host}".endswith((".slack.com", ".slack-gov.com"))

    @property
    def secrets(self) -> list[str]:
        """What must never be logged."""
        tokens = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        found = [token.get_secret_value() for token in tokens if token]
        if self.encryption_keys:
            written = self.encryption_keys.get_secret_value()
            found += [one.strip() for one in written.split(",") if one.strip()]
        password = make_url(self.database_url.get_secret_value()).password
        return [*found, password] if password else found

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret", mode="before")
    @classmethod
    def _strip(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, token: SecretStr) -> SecretStr:
        _check_begins(token, "xoxb-", "Copy the Bot User OAuth Token from OAuth & Permissions.")
        return token

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token:
            remedy = "Make an app-level token with connections:write under Basic Information."
            _check_begins(token, "xapp-", remedy)
        return token

    @field_validator("slack_signing_secret")
    @classmethod
    def _is_signing_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and not re.fullmatch(r"[!-~]{16,}", secret.get_secret_value()):
            raise _wrong(
                "it is not a signing secret: those are 32 letters and digits without spaces. "
                "Copy the Signing Secret from Basic Information."
            )
        return secret

    @field_validator("encryption_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr | None) -> SecretStr | None:
        try:
            read_keys(value.get_secret_value() if value else "")
        except NotAKey as error:
            raise _wrong(f"{error}. Keep those with which notes were written.") from None
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        scheme, host = _scheme_and_host(value)
        if scheme not in {"http", "https"} or not host:
            raise _wrong(f"it is not an address. Leave it out, or write one like {SLACK_API}")
        if scheme == "http" and "." in host and host not in LOOPBACK:
            raise _wrong("the token would travel unencrypted. Write an address with https://")
        return value.strip().rstrip("/") + "/"

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: SecretStr) -> SecretStr:
        remedy = "Write sqlite:///baton.db or postgresql://user:password@host/name"
        try:
            url = make_url(value.get_secret_value().strip())
        except ArgumentError:
            raise _wrong(f"it is not the address of a database. {remedy}") from None
        kind = url.get_backend_name()
        if kind not in DRIVERS:
            raise _wrong(f"Baton keeps its data in SQLite or PostgreSQL, not in {kind}. {remedy}")
        if kind == "sqlite" and url.database in {None, "", ":memory:"}:
            raise _wrong(f"a database in memory is lost at the first restart. {remedy}")
        return SecretStr(url.set(drivername=DRIVERS[kind]).render_as_string(hide_password=False))

    @model_validator(mode="after")
    def _can_listen(self) -> Self:
        if not self.slack_app_token and not self.slack_signing_secret:
            raise _wrong(
                "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both missing, so Baton cannot hear Slack. Write "
                "SLACK_APP_TOKEN (begins with xapp-) for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."
            )
        return self


def read(env_file: Path | None = None) -> Settings:
    """The settings. Raises CannotStart with one line that says which is wrong, why, and what to write."""
    try:
        return Settings(_env_file=env_file or Path(".env"))  # type: ignore[call-arg] # made by pydantic
    except ValidationError as error:
        raise CannotStart(_line(error)) from None
    except UnicodeDecodeError:
        raise CannotStart(
            "The file .env cannot be read: it is not UTF-8. Save it as UTF-8."
        ) from None


def _scheme_and_host(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "", ""
    return parts.scheme, parts.hostname or ""


def _line(error: ValidationError) -> str:
    """The first problem in full, the others by name."""
    first, *others = error.errors(include_url=False, include_context=True)
    names = [str(other["loc"][0]).upper() for other in others if other["loc"]]
    also = f" Also wrong: {', '.join(names)}." if names else ""
    if not first["loc"]:
        return first["msg"] + also
    name = str(first["loc"][0])
    about = Settings.model_fields[name].description or ""
    if first["type"] == "missing":
        return (
            f"{name.upper()} is missing. Write it into .env: {about[:1].lower()}{about[1:]}{also}"
        )
    if first["type"] == "baton":
        return f"{name.upper()} is wrong: {first['msg']}{also}"
    return f"{name.upper()} is wrong: {first['msg'].lower()}. {about}{also}"


def _wrong(message: str) -> PydanticCustomError:
    # The message is a template there, so braces must not reach it.
    return PydanticCustomError("baton", message.replace("{", "(").replace("}", ")"))


def _check_begins(token: SecretStr, prefix: str, remedy: str) -> None:
    value = token.get_secret_value()
    if not value.startswith(prefix):
        kind = re.match(r"xox[a-z]-|xapp-", value)
        what = f"it begins with {kind[0]}" if kind else "it does not begin as it should"
        raise _wrong(f"{what}, and {prefix} is wanted. {remedy}")
    if not re.fullmatch(r"[!-~]+", value) or len(value) < len(prefix) + 8:
        raise _wrong(f"something is missing or stands in it that does not belong there. {remedy}")
