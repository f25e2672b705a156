"""Fetching the file of an import from Slack: what Slack knows of it, then its bytes; or why there are none."""

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any, Protocol

from bot.errors import Refused
from bot.rules.delivery import Outcome, classify
from bot.rules.metrics.importing.files import Trouble
from bot.rules.metrics.importing.imports import Import
from bot.services.delivery import Answer, Sender
from bot.spreadsheets.limits import METRICS, TOO_LARGE
from schedules import downloads

INFO = "files.info"
LOST = frozenset({"file_deleted", "file_not_found"})
HIDDEN = frozenset({"missing_scope", "no_permission", "not_allowed_token_type"})


class Downloader(Sender, Protocol):
    """A workspace's way to Slack that can also bring a file from there."""

    async def download(self, url: str, path: Path, most: int, /) -> Answer: ...


class NotNow(Exception):
    """It cannot be had now. `seconds` is how long to wait, if that is known."""

    def __init__(self, error: str, seconds: float | None = None) -> None:
        super().__init__(error)
        self.seconds = seconds


class Never(Exception):
    """Slack will not give it."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


async def fetch(slack: Downloader, import_: Import, folder: Path) -> Path:
    """The file, in this folder. Raises Refused, Never and NotNow."""
    if not import_.file_id:
        raise Never(Trouble.GONE)
    answer = await slack.call(INFO, {"file": import_.file_id})
    _check(answer, INFO)
    file: Mapping[str, Any] = answer.data.get("file") or {}
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if file.get("mode") == "tombstone" or not (url or file.get("is_external")):
        raise Never(Trouble.GONE)
    if file.get("is_external"):
        raise Never(Trouble.ELSEWHERE)
    if int(file.get("size") or 0) > METRICS.size:
        raise _too_large()
    # The ending says what it is meant to be; nothing else of the name comes near the disk.
    path = folder / f"file{PurePath(import_.file_name).suffix.lower()[:8]}"
    brought = await slack.download(url, path, METRICS.size)
    if brought.error == downloads.TOO_LARGE:
        raise _too_large()
    if brought.error == downloads.NOT_SLACKS:
        raise Never(Trouble.ELSEWHERE)
    _check(brought, INFO)
    return path


def _too_large() -> Refused:
    return Refused(TOO_LARGE, limit=METRICS.size // 1_000_000)


def _check(answer: Answer, method: str) -> None:
    if not answer.error:
        return
    if answer.error in LOST:
        raise Never(Trouble.GONE)
    if answer.error in HIDDEN:
        raise Never(Trouble.NO_SCOPE)
    if classify(answer, method) is Outcome.DEAD:
        raise Never(Trouble.SLACK)
    raise NotNow(answer.error, answer.retry_after)
