"""A job on the network: calls one after another, or a look for what may have been said already. No transaction is open."""

from collections.abc import Callable
from datetime import datetime

from bot.rules.delivery import (
    NO_ANSWER,
    Answer,
    Outcome,
    Place,
    Waiting,
    classify,
    history_call,
    markers_in,
)
from bot.services.delivery.jobs import TOO_LONG, Job, Report, Sender

MOST_PAGES = 20


async def perform(job: Job, sender: Sender, now: Callable[[], datetime]) -> Report:
    """Make the calls in order. The first that is not accepted ends the job, so that nothing overtakes it."""
    report = Report(job)
    if job.look_for:
        await _look(report, sender, now)
        return report
    for done, call in enumerate(job.calls):
        if not job.may_begin(now()):
            report.untried = list(job.calls[done:])
            break
        answer = await sender.call(call.method, call.payload)
        report.answers.append((call, answer))
        if classify(answer, call.method) is not Outcome.SENT:
            report.untried = list(job.calls[done + 1 :])
            break
    return report


def lost(job: Job) -> Report:
    """The report of a job that never reported: nobody knows what was said."""
    unknown = Answer(NO_ANSWER)
    return Report(job, answers=[(call, unknown) for call in job.calls], unlooked=unknown)


async def _look(report: Report, sender: Sender, now: Callable[[], datetime]) -> None:
    """Read what was said since the first unclear try, once per thread, until all are found or the history ends."""
    threads: dict[tuple[str, str | None], list[Waiting]] = {}
    for row in report.job.look_for:
        channel, thread = row.channel, None
        if not row.is_card and row.place and row.place.ts:
            channel, thread = row.place.posted_in or row.channel, row.place.ts
        threads.setdefault((channel, thread), []).append(row)
    for (channel, thread), rows in threads.items():
        if channel.startswith(
            ("U", "W")
        ):  # a person: their conversation with us has an id of its own
            answer = await sender.call("conversations.open", {"users": channel})
            if answer.error:
                report.unlooked = answer
                return
            channel = str(answer.data["channel"]["id"])  # noqa: PLW2901 - the same place, by its real name
        await _read(report, sender, now, rows, channel, thread)


async def _read(
    report: Report,
    sender: Sender,
    now: Callable[[], datetime],
    rows: list[Waiting],
    channel: str,
    thread: str | None,
) -> None:
    since = min(row.sought_since or row.attempted_at or row.queued_at for row in rows)
    wanted = {row.marker for row in rows}
    cursor = ""
    for _ in range(MOST_PAGES):
        if not report.job.may_begin(now()):
            report.unlooked = Answer("lease_over")
            return
        answer = await sender.call(*history_call(channel, thread, since, cursor))
        if answer.error:
            report.unlooked = answer
            return
        here = markers_in(answer.data)
        report.found |= {
            marker: Place(channel, ts) for marker, ts in here.items() if marker in wanted
        }
        cursor = str((answer.data.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor or wanted <= report.found.keys():
            return
    report.unlooked = Answer(TOO_LONG)
