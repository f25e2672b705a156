"""What people do to a case that is worked on: wait, update, another owner, another severity. Each function is one transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules import escalations as rules
from bot.rules.escalations import Action, Escalation, Rating, Update, WaitDraft
from bot.rules.severities import Severity
from bot.services.escalations import climbing, telling
from bot.services.escalations.writing import Change, begun, changing, news, tell
from bot.text import _, mention
from storage import escalations, outbox, people
from storage.database import Database, Tx

MAY_NOT_OWN = _(
    "{who} can't own this case: only this team's leads, its manager and those who were told can."
)
ALREADY_THEIRS = _("{who} has this case already.")
ONLY_WHO_WORKS = _("You can follow it yourself; its owner or a lead can add others.")
CAN_NOT_FOLLOW = _("{names} can't follow a case: only people who can answer can.")
NOT_FOLLOWED = _("You don't follow #{number}, so there is nothing to stop.")
TOO_MANY = _("At most {limit} people can follow one case.")
MOST_FOLLOWERS = 50


async def wait(
    db: Database, person: Person, escalation_id: int, wait: WaitDraft, *, key: str, now: datetime
) -> Escalation:
    """Let it wait for somebody, with a time to come back. Raises FormProblems, Denied or Stale."""
    wait = replace(wait, why=rules.clean(wait.why))
    if problems := rules.problems_of_wait(wait, now=now):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.WAIT, key=key, now=now) as change:
        step = rules.waited(change.before, person, wait.written(), now=now)
        after = await change.make(step)
        await tell(change, after, step.event)
    return after


async def resume(
    db: Database, person: Person, escalation_id: int, *, key: str, now: datetime
) -> Escalation:
    """What was waited for is there. Raises Denied or Stale."""
    async with changing(db, person, escalation_id, Action.RESUME, key=key, now=now) as change:
        step = rules.resumed(change.before, person, change.team, now=now)
        after = await change.make(step)
        await tell(change, after, step.event)
    return after


async def update(
    db: Database,
    person: Person,
    escalation_id: int,
    words: Update,
    *,
    key: str,
    now: datetime,
    remind_at: datetime | None = None,
) -> Escalation:
    """Say how it stands. Raises FormProblems, Denied or Stale."""
    words = Update(*map(rules.clean, (words.conditions, words.actions, words.needs)))
    if problems := rules.problems_of_update(words, remind_at, now=now):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.UPDATE, key=key, now=now) as change:
        step = rules.updated(
            change.before, person, change.team, words, now=now, remind_at=remind_at
        )
        after = await change.make(step)
        await tell(change, after, step.event)
    return after


async def keep(
    db: Database, person: Person, escalation_id: int, *, key: str, now: datetime
) -> Escalation:
    """“Still on it.” Nobody else needs to hear of it. Raises Denied or Stale."""
    async with changing(db, person, escalation_id, Action.KEEP, key=key, now=now) as change:
        step = rules.kept(change.before, person, change.team, now=now)
        after = await change.make(step)
        await outbox.say(change.tx, telling.card(after), now=now)
    return after


async def release(
    db: Database, person: Person, escalation_id: int, why: str, *, key: str, now: datetime
) -> Escalation:
    """Give it up, so that somebody else can take it. Raises FormProblems, Denied or Stale."""
    why = rules.clean(why)
    if problems := rules.wrong_words("why", why):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.RELEASE, key=key, now=now) as change:
        before = change.before
        begins = await climbing.begins_at(change.tx, change.team, before.severity, now=now)
        step = rules.released(before, person, change.team, why, now=now, step_at=begins)
        after = await change.make(step)
        await tell(change, after, step.event)
    return after


async def assign(
    db: Database,
    person: Person,
    escalation_id: int,
    to: str,
    why: str,
    *,
    key: str,
    now: datetime,
) -> Escalation:
    """Make somebody its owner; why may stay empty. Raises FormProblems, Denied or Stale."""
    why = rules.clean(why)
    if why and (problems := rules.wrong_words("why", why)):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.ASSIGN, key=key, now=now) as change:
        return await _assign(change, to, why)


async def pass_on(
    tx: Tx,
    person: Person,
    escalation_id: int,
    to: str,
    *,
    why: str,
    now: datetime,
    told: Iterable[str] = (),
) -> Escalation:
    """The same inside somebody else's transaction: a handover's, whose sides are `told` by their messages about it.

    Raises FormProblems, Denied or Stale.
    """
    seen = await escalations.lock(tx, escalation_id)
    change = await begun(tx, person, escalation_id, seen, Action.ASSIGN, now=now)
    return await _assign(change, to, rules.clean(why), but=told)


async def change_severity(
    db: Database,
    person: Person,
    escalation_id: int,
    severity: str,
    why: str,
    *,
    key: str,
    now: datetime,
) -> Escalation:
    """More or less urgent than it was; its clocks follow. Raises FormProblems, Denied or Stale."""
    why = rules.clean(why)
    problems = rules.wrong_words("why", why)
    if severity not in set(Severity):
        problems["severity"] = Refused(_("Choose how urgent it is."))
    if problems:
        raise FormProblems(problems)
    action = Action.CHANGE_SEVERITY
    async with changing(db, person, escalation_id, action, key=key, now=now) as change:
        before = change.before
        if before.severity is Severity(severity):
            raise FormProblems({"severity": Refused(_("It is as urgent as that already."))})
        begins = await climbing.begins_at(change.tx, change.team, severity, now=now)
        step = rules.severity_changed(
            before, person, change.team, Severity(severity), why, now=now, step_at=begins
        )
        after = await change.make(step)
        await tell(change, after, step.event)
    return after


async def follow(
    db: Database,
    person: Person,
    escalation_id: int,
    add: frozenset[str],
    *,
    key: str,
    now: datetime,
    remove: frozenset[str] = frozenset(),
) -> Escalation:
    """Who hears of every change from now on. Anybody who sees the case may follow it or stop; who works on it adds others.

    Raises Denied, FormProblems or Stale.
    """
    async with changing(db, person, escalation_id, Action.FOLLOW, key=key, now=now) as change:
        before = change.before
        may_add_others = may(person, Permission.ESCALATION_WORK, before)
        if not may_add_others and add | remove != {person.id}:
            raise FormProblems({"people": Refused(ONLY_WHO_WORKS)})
        await _check_can_follow(change.tx, add)
        followers = (before.followers | add) - remove
        if len(followers) > max(MOST_FOLLOWERS, len(before.followers)):  # a merge may bring more
            raise FormProblems({"people": Refused(TOO_MANY, limit=MOST_FOLLOWERS)})
        if followers == before.followers:
            return before
        step = rules.followed(before, person, followers, now=now)
        after = await change.make(step)
        added = add - before.followers - {person.id}
        new = await news(change.tx, after, step.event, change.team, added)
        await outbox.say(change.tx, telling.card(after), *new, now=now)
    return after


async def unfollow(
    db: Database, person: Person, escalation_id: int, *, key: str, now: datetime
) -> Escalation:
    """Hear no more of it. Raises Refused in the same words for whoever does not follow it and for a case that is not there."""
    me = frozenset({person.id})
    try:
        return await follow(db, person, escalation_id, frozenset(), key=key, now=now, remove=me)
    except Stale:
        raise
    except Refused as refused:
        raise Refused(NOT_FOLLOWED, number=escalation_id) from refused


async def write_note(
    db: Database,
    person: Person,
    escalation_id: int,
    text: str,
    *,
    key: str,
    now: datetime,
) -> Escalation:
    """Keep a note in the timeline. Raises FormProblems, Denied or Stale."""
    text = rules.clean(text)
    if problems := rules.wrong_words("text", text):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.NOTE, key=key, now=now) as change:
        step = rules.written(change.before, person, text, now=now)
        after = await change.make(step)
        await outbox.say(change.tx, telling.card(after), now=now)
    return after


async def rate(
    db: Database, person: Person, escalation_id: int, rating: str, *, key: str, now: datetime
) -> Escalation:
    """What the reporter says of the help, now or instead of what they said before. Raises Denied or Stale."""
    async with changing(db, person, escalation_id, Action.RATE, key=key, now=now) as change:
        if change.before.rating is Rating(rating):
            return change.before
        step = rules.rated(change.before, person, Rating(rating), now=now)
        after = await change.make(step)
        await outbox.say(change.tx, telling.card(after), now=now)
    return after


async def _assign(change: Change, to: str, why: str, *, but: Iterable[str] = ()) -> Escalation:
    """Raises FormProblems if that person may not own it, or does already."""
    before = change.before
    owner = await people.find(change.tx, to)
    if owner is None or not may(owner, Permission.ESCALATION_CLAIM, before):
        raise FormProblems({"owner": Refused(MAY_NOT_OWN, who=mention(to))})
    if to == before.owner_id:
        raise FormProblems({"owner": Refused(ALREADY_THEIRS, who=mention(to))})
    step = rules.assigned(before, change.person, change.team, to, why, now=change.now)
    after = await change.make(step)
    await tell(change, after, step.event, but=but)
    return after


async def _check_can_follow(tx: Tx, person_ids: frozenset[str]) -> None:
    known = await people.profiles(tx, person_ids)
    wrong = sorted(one for one in person_ids if one not in known or not known[one].can_have_roles)
    if wrong:
        names = ", ".join(map(mention, wrong))
        raise FormProblems({"people": Refused(CAN_NOT_FOLLOW, names=names)})
