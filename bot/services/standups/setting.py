"""Setting stand-ups up: their settings, their questions one by one, on and off. Each function is one transaction.

Every edit is saved at once and counts from the next round: an open one goes on with what it was opened with.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.standups import Question, StandUp, drafts
from bot.rules.standups.drafts import QuestionDraft, SettingsDraft
from bot.rules.standups.questions import QUESTIONS_AT_MOST, find
from bot.rules.standups.standups import STANDUPS_AT_MOST
from bot.services.standups import timing
from bot.services.standups.outlooks import GONE, from_template, get_to_set
from bot.services.transaction import heard_once
from bot.text import _, mention
from storage import standups, teams
from storage.base import new_id
from storage.database import Database, Tx

CHANGED_MEANWHILE = _(
    "{who} changed this stand-up while you had it open, so nothing was saved. It is shown as it is now."
)
TOO_MANY = _("This team has {limit} stand-ups already. Please change one that nobody needs.")
TOO_MANY_QUESTIONS = _("A stand-up has at most {limit} questions. Please take one out first.")
LAST_QUESTION = _("A stand-up needs a question. Change this one, or switch the stand-up off.")


class ChangedMeanwhile(Stale):
    """Somebody else saved the stand-up since this form or button was drawn; `standup` is what it has become."""

    def __init__(self, standup: StandUp) -> None:
        super().__init__(CHANGED_MEANWHILE, who=mention(standup.made_by))
        self.standup = standup


@dataclass(frozen=True, slots=True)
class Seen:
    """The stand-up as a button or a form was drawn for it: only what tells whether it is still the same."""

    team_id: str
    standup_id: str
    version: int


async def add(
    db: Database,
    person: Person,
    team_id: str,
    template: str,
    draft: SettingsDraft,
    *,
    key: str,
    now: datetime,
) -> StandUp:
    """A new stand-up with the template's questions. Raises Denied, Refused, or FormProblems by field."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await get_to_set(tx, person, team_id)
        await teams.lock(tx, team_id)
        known = await standups.list_of_team(tx, team_id)
        if len(known) >= STANDUPS_AT_MOST:
            raise Refused(TOO_MANY, limit=STANDUPS_AT_MOST)
        before = await from_template(tx, team, template)
        if found := drafts.settings_problems(draft, known):
            raise FormProblems(found)
        standup = replace(draft.over(before), id=new_id(), made_by=person.id)
        await standups.add(tx, standup, now=now)
        await _look_at_once(tx, standup, now=now)
    return standup


async def change_settings(
    db: Database, person: Person, seen: Seen, draft: SettingsDraft, *, key: str, now: datetime
) -> StandUp:
    """Raises Denied, FormProblems by field, or ChangedMeanwhile."""
    async with _changing(db, person, seen, key=key, now=now) as (tx, before):
        known = await standups.list_of_team(tx, seen.team_id)
        if found := drafts.settings_problems(draft, [one for one in known if one.id != before.id]):
            raise FormProblems(found)
        return await _write(tx, person, before, draft.over(before), now=now)


async def switch(
    db: Database, person: Person, seen: Seen, *, is_active: bool, key: str, now: datetime
) -> StandUp:
    """On or off. Raises Denied or ChangedMeanwhile."""
    async with _changing(db, person, seen, key=key, now=now) as (tx, before):
        return await _write(tx, person, before, replace(before, is_active=is_active), now=now)


async def put_question(
    db: Database,
    person: Person,
    seen: Seen,
    question_id: str,
    draft: QuestionDraft,
    *,
    key: str,
    now: datetime,
) -> StandUp:
    """Write a question, or add one at the end if none is named, or it was taken out meanwhile.

    It stays the same question however its words change; of another kind it is a new one, since answers of both cannot be
    laid side by side. Raises Denied, FormProblems by field, or ChangedMeanwhile.
    """
    async with _changing(db, person, seen, key=key, now=now) as (tx, before):
        questions = list(before.questions)
        known = find(questions, question_id)
        problems = drafts.question_problems(draft, questions, known.id if known else "")
        if known is None and len(questions) >= QUESTIONS_AT_MOST:
            problems |= {"words": Refused(TOO_MANY_QUESTIONS, limit=QUESTIONS_AT_MOST)}
        if problems:
            raise FormProblems(problems)
        stays = known is not None and known.kind == draft.kind
        written = draft.written(question_id if stays else new_id())
        if known is None:
            questions.append(written)
        else:
            questions[questions.index(known)] = written
        return await _ask(tx, person, before, questions, now=now)


async def move_question_up(
    db: Database, person: Person, seen: Seen, question_id: str, *, key: str, now: datetime
) -> StandUp:
    """One place; the first stays where it is. Raises Denied or ChangedMeanwhile."""
    async with _changing(db, person, seen, key=key, now=now) as (tx, before):
        questions = list(before.questions)
        at = questions.index(_get(before, question_id))
        questions.insert(max(at - 1, 0), questions.pop(at))
        return await _ask(tx, person, before, questions, now=now)


async def remove_question(
    db: Database, person: Person, seen: Seen, question_id: str, *, key: str, now: datetime
) -> StandUp:
    """Raises Denied, ChangedMeanwhile, or Refused for the last one."""
    async with _changing(db, person, seen, key=key, now=now) as (tx, before):
        known = _get(before, question_id)
        if len(before.questions) == 1:
            raise Refused(LAST_QUESTION)
        rest = [one for one in before.questions if one is not known]
        return await _ask(tx, person, before, rest, now=now)


@asynccontextmanager
async def _changing(
    db: Database, person: Person, seen: Seen, *, key: str, now: datetime
) -> AsyncIterator[tuple[Tx, StandUp]]:
    """A transaction in which this person may change the stand-up, which is still as they saw it."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await get_to_set(tx, person, seen.team_id)
        await teams.lock(tx, seen.team_id)  # so that no two get the same name
        found = await standups.lock(tx, seen.standup_id)
        if found is None or found[0].team_id != seen.team_id:
            raise Stale(GONE)
        if found[0].version != seen.version:
            raise ChangedMeanwhile(found[0])
        yield tx, found[0]


async def _ask(
    tx: Tx, person: Person, before: StandUp, questions: Sequence[Question], *, now: datetime
) -> StandUp:
    return await _write(tx, person, before, replace(before, questions=tuple(questions)), now=now)


async def _write(
    tx: Tx, person: Person, before: StandUp, after: StandUp, *, now: datetime
) -> StandUp:
    """What other times would have asked before now is no fault of anybody's, and was not missed."""
    after = replace(after, made_by=person.id)
    if not await standups.change(tx, after):
        raise ChangedMeanwhile(before)
    if (after.schedule, after.is_active) != (before.schedule, before.is_active):
        await standups.mark_looked(tx, after.id, until=now)
    await _look_at_once(tx, after, now=now)
    return replace(after, version=after.version + 1)


async def _look_at_once(tx: Tx, standup: StandUp, *, now: datetime) -> None:
    """Somebody waits to see what comes of it: if its time runs already, people are asked now."""
    await timing.look_again(tx, standup.id, now=now)
    tx.wakes.add("tick")


def _get(standup: StandUp, question_id: str) -> Question:
    found = find(standup.questions, question_id)
    if found is None:
        raise ChangedMeanwhile(standup)
    return found
