"""Bringing the report of an import to Slack, where nobody sees it before the outbox shows it."""

import asyncio
from datetime import datetime
from logging import getLogger
from pathlib import Path

from bot.rules.metrics.importing.files import Outcome
from bot.services.metrics.importing.looking import Job
from bot.services.reports import UPLOAD
from bot.views.metrics.importing import report as words
from bot.workbooks.imports import write_report
from schedules.exports import Uploader
from storage.outbox import File

log = getLogger(__name__)


async def send_report(
    slack: Uploader, job: Job, outcome: Outcome, folder: Path, *, now: datetime
) -> File | None:
    """None where there is nothing to report, or Slack does not take it: the card says the most important itself."""
    if outcome.is_clean:
        return None
    path = folder / words.file_name(job.import_.file_name, now)
    await asyncio.to_thread(write_report, path, outcome, job.t, job.person.name)
    size = (await asyncio.to_thread(path.stat)).st_size
    opened = await slack.call("conversations.open", {"users": job.person.id})
    given = opened
    if not opened.error:
        given = await slack.call(UPLOAD, {"filename": path.name, "length": size})
    brought = given if given.error else await slack.upload(given.data["upload_url"], path)
    if brought.error:
        log.warning("Slack did not take the report of an import: %s", brought.error)
        return None
    key = f"import:{job.import_.id}:{job.import_.tries}"
    channel, text = str(opened.data["channel"]["id"]), words.words(job.import_, outcome, job.t)
    return File(key, job.person.id, channel, str(given.data["file_id"]), path.name, text)
