"""Stand-ups and their questions as somebody filled them in, and what good ones look like: one refusal per field."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import time
from enum import StrEnum

from bot.errors import Refused
from bot.people import Role
from bot.rules.calendars import WEEKDAYS
from bot.rules.standups.questions import (
    OPTION_LIMIT,
    OPTIONS_AT_MOST,
    SCALES,
    WORDS_LIMIT,
    Kind,
    Purpose,
    Question,
)
from bot.rules.standups.standups import NAME_LIMIT, Moment, NotAnswered, Schedule, StandUp
from bot.rules.teams import name_key
from bot.text import _

WINDOWS = range(15, 721)
"""Minutes to answer."""
OFFSET_AT_MOST = 720
CAN_BE_ASKED = (Role.AGENT, Role.LEAD, Role.MANAGER)
"""Observers read along and are not asked."""
PLEASE_CHOOSE = _("Please choose from the list.")


class Side(StrEnum):
    """On which side of the start of a shift the minutes count."""

    AFTER = "after"
    BEFORE = "before"


class Heeds(StrEnum):
    DND = "dnd"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class SettingsDraft:
    """What a stand-up says besides its questions, as the form holds it. What is no number is None."""

    name: str = ""
    weekdays: tuple[str, ...] = ()
    moment: str = Moment.TEAM
    at: str = ""
    minutes: int | None = None
    side: str = Side.AFTER
    window: int | None = None
    asked: tuple[str, ...] = ()
    channel: str = ""
    not_answered: str = NotAnswered.NAMED
    heeds: tuple[str, ...] = ()
    is_active: bool = True

    def over(self, before: StandUp) -> StandUp:
        """The stand-up with these settings; call `settings_problems` first. What its moment does not need stays."""
        kept = before.schedule
        moment, minutes, at = Moment(self.moment), self.minutes, clock(self.at)
        by_shift = moment is Moment.SHIFT and minutes is not None
        offset = (-1 if self.side == Side.BEFORE else 1) * (minutes or 0)
        return replace(
            before,
            name=" ".join(self.name.split()),
            schedule=Schedule(
                moment,
                tuple(one for one in WEEKDAYS if one in self.weekdays),
                kept.at if moment is Moment.SHIFT or at is None else at,
                offset if by_shift else kept.offset_minutes,
                self.window or kept.window_minutes,
            ),
            asked=frozenset(Role(one) for one in self.asked),
            channel=self.channel,
            not_answered=NotAnswered(self.not_answered),
            heeds_dnd=Heeds.DND in self.heeds,
            heeds_status=Heeds.STATUS in self.heeds,
            is_active=self.is_active,
        )


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as the form holds it. `options` are the lines that were typed; what is no number is None."""

    kind: str = Kind.TEXT
    words: str = ""
    purpose: str = Purpose.NONE
    is_required: bool = False
    options: str = ""
    top: int | None = 5
    follow_up: str = ""
    follow_up_on: bool = True

    def written(self, question_id: str) -> Question:
        """Call `question_problems` first. What does not belong to its kind is left behind."""
        plain = Question(question_id, Kind(self.kind), one_line(self.words), Purpose.NONE)
        plain = replace(plain, is_required=self.is_required)
        match plain.kind:
            case Kind.TEXT:
                return replace(plain, purpose=Purpose(self.purpose))
            case Kind.CHOICE:
                return replace(plain, options=tuple(lines(self.options)))
            case Kind.SCALE:
                return replace(plain, top=self.top or plain.top)
            case Kind.YES_NO:
                more = one_line(self.follow_up)
                return replace(plain, follow_up=more, follow_up_on=self.follow_up_on)
        return plain


def settings_draft_of(standup: StandUp) -> SettingsDraft:
    """The settings as they stand in the form."""
    schedule = standup.schedule
    heeds = {Heeds.DND: standup.heeds_dnd, Heeds.STATUS: standup.heeds_status}
    return SettingsDraft(
        standup.name,
        schedule.weekdays,
        schedule.moment.value,
        schedule.at.isoformat("minutes"),
        abs(schedule.offset_minutes),
        (Side.BEFORE if schedule.offset_minutes < 0 else Side.AFTER).value,
        schedule.window_minutes,
        tuple(one.value for one in CAN_BE_ASKED if one in standup.asked),
        standup.channel,
        standup.not_answered.value,
        tuple(one.value for one in Heeds if heeds[one]),
        standup.is_active,
    )


def question_draft_of(question: Question) -> QuestionDraft:
    return QuestionDraft(
        question.kind,
        question.words,
        question.purpose,
        question.is_required,
        "\n".join(question.options),
        question.top,
        question.follow_up,
        question.follow_up_on,
    )


def changed(before: SettingsDraft, after: SettingsDraft) -> list[str]:
    """The names of the fields in which two drafts differ."""
    return [
        one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name)
    ]


def merged(base: SettingsDraft, mine: SettingsDraft, theirs: SettingsDraft) -> SettingsDraft:
    """What somebody typed over `base`, once it has become `theirs`: what they did not touch is as it is now."""
    touched = changed(base, mine)
    return replace(theirs, **{name: getattr(mine, name) for name in touched})


def settings_problems(draft: SettingsDraft, others: Sequence[StandUp]) -> dict[str, Refused]:
    """Everything that is wrong with it, beside the team's other stand-ups. Channels are asked about elsewhere."""
    found = {
        "name": _name_problem(draft.name, others),
        "weekdays": _choice_problem(draft.weekdays, WEEKDAYS),
        "moment": None if draft.moment in {*Moment} else Refused(PLEASE_CHOOSE),
        **_time_problems(draft),
        "window": _number_problem(draft.window, WINDOWS),
        "asked": _choice_problem(draft.asked, [one.value for one in CAN_BE_ASKED]),
        "not_answered": None if draft.not_answered in {*NotAnswered} else Refused(PLEASE_CHOOSE),
    }
    return {name: problem for name, problem in found.items() if problem}


def question_problems(
    draft: QuestionDraft, questions: Sequence[Question], question_id: str = ""
) -> dict[str, Refused]:
    """Everything that is wrong with it among these questions; `question_id` is the one that it changes, if any."""
    others = [one for one in questions if one.id != question_id]
    found: dict[str, Refused | None] = {
        "words": _words_problem(draft.words, _("A question needs words.")),
        "kind": _kind_problem(draft.kind, others),
    }
    match draft.kind:
        case Kind.TEXT:
            found["purpose"] = _purpose_problem(draft.purpose, others)
        case Kind.CHOICE:
            found["options"] = _options_problem(lines(draft.options))
        case Kind.SCALE:
            found["top"] = _number_problem(draft.top, SCALES)
        case Kind.YES_NO if draft.follow_up.strip():
            found["follow_up"] = _words_problem(draft.follow_up, "")
    return {name: problem for name, problem in found.items() if problem}


def lines(written: str) -> list[str]:
    """One thing a line, without what is empty."""
    return [found for line in written.splitlines() if (found := one_line(line))]


def one_line(written: str) -> str:
    return " ".join(written.split())


def clock(written: str) -> time | None:
    try:
        return time.fromisoformat(written) if written else None
    except ValueError:
        return None


def _name_problem(name: str, others: Sequence[StandUp]) -> Refused | None:
    if not name.strip():
        return Refused(_("A stand-up needs a name."))
    if len(name.strip()) > NAME_LIMIT:
        return Refused(_("Please keep the name under {limit} characters."), limit=NAME_LIMIT + 1)
    if name_key(name) in {name_key(one.name) for one in others}:
        return Refused(_("This team has a stand-up of this name already. Please choose another."))
    return None


def _choice_problem(chosen: Sequence[str], offered: Sequence[str]) -> Refused | None:
    if not chosen:
        return Refused(_("Please choose at least one."))
    return None if set(chosen) <= set(offered) else Refused(PLEASE_CHOOSE)


def _number_problem(given: int | None, offered: range) -> Refused | None:
    if given is not None and given in offered:
        return None
    return Refused(
        _("Write a whole number from {least} to {most}."), least=offered[0], most=offered[-1]
    )


def _time_problems(draft: SettingsDraft) -> dict[str, Refused | None]:
    """Of what the moment needs; what it does not need is not shown."""
    if draft.moment == Moment.SHIFT:
        side = None if draft.side in {*Side} else Refused(PLEASE_CHOOSE)
        return {"minutes": _number_problem(draft.minutes, range(OFFSET_AT_MOST + 1)), "side": side}
    return {"at": None if clock(draft.at) else Refused(_("Please choose a time."))}


def _words_problem(words: str, missing: str) -> Refused | None:
    if not words.strip():
        return Refused(missing)
    if len(one_line(words)) > WORDS_LIMIT:
        return Refused(_("Please keep it under {limit} characters."), limit=WORDS_LIMIT + 1)
    return None


def _kind_problem(kind: str, others: Sequence[Question]) -> Refused | None:
    """Blockers and the mood are followed from round to round, which is clear only if they are asked once."""
    if kind not in {*Kind}:
        return Refused(PLEASE_CHOOSE)
    if kind in {Kind.BLOCKER, Kind.MOOD} and any(one.kind == kind for one in others):
        return Refused(_("This stand-up has a question of this kind already. One is enough."))
    return None


def _purpose_problem(purpose: str, others: Sequence[Question]) -> Refused | None:
    if purpose not in {*Purpose}:
        return Refused(PLEASE_CHOOSE)
    for one in others:
        if purpose and one.purpose == purpose:
            return Refused(
                _("“{words}” is for this already. Please choose something else."), words=one.words
            )
    return None


def _options_problem(options: Sequence[str]) -> Refused | None:
    if len(options) < 2:
        return Refused(_("Write at least two answers to choose from, one a line."))
    if len(options) > OPTIONS_AT_MOST:
        return Refused(_("Please keep it to {limit} lines."), limit=OPTIONS_AT_MOST)
    if any(len(one) > OPTION_LIMIT for one in options):
        return Refused(_("Please keep each line under {limit} characters."), limit=OPTION_LIMIT + 1)
    if len({one.casefold() for one in options}) < len(options):
        return Refused(_("The same answer is there twice. Please keep one of them."))
    return None
