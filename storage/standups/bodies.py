"""How questions and answers are written into a row's JSON, and read back."""

from collections.abc import Iterable, Mapping
from datetime import time

from bot.people import Role
from bot.rules.standups import Kind, Moment, Purpose, Question, Round, Said, Schedule
from storage.base import Json


def questions_to_json(questions: Iterable[Question]) -> Json:
    """A list would do, but a row's JSON is an object everywhere."""
    return {"questions": [_question_to_json(one) for one in questions]}


def to_questions(kept: Json) -> tuple[Question, ...]:
    return tuple(_to_question(one) for one in kept["questions"])


def answers_to_json(answers: Mapping[str, Said]) -> Json:
    """By question id, without what is empty."""
    return {
        name: {
            key: value
            for key, value in (
                ("text", said.text or None),
                ("choice", said.choice or None),
                ("number", said.number),
                ("yes", said.yes),
            )
            if value is not None
        }
        for name, said in answers.items()
        if not said.is_empty
    }


def to_answers(kept: Json) -> dict[str, Said]:
    return {name: Said(**said) for name, said in kept.items()}


def plan_to_json(one: Round) -> Json:
    """When a round asks whom."""
    return {
        "moment": one.schedule.moment.value,
        "weekdays": list(one.schedule.weekdays),
        "at": one.schedule.at.isoformat(),
        "offset_minutes": one.schedule.offset_minutes,
        "window_minutes": one.schedule.window_minutes,
        "asked": sorted(one.asked),
        "heeds_dnd": one.heeds_dnd,
        "heeds_status": one.heeds_status,
    }


def to_plan(kept: Json) -> tuple[Schedule, frozenset[Role], bool, bool]:
    """The schedule, who is asked, and whether do-not-disturb and a status are heeded."""
    schedule = Schedule(
        Moment(kept["moment"]),
        tuple(kept["weekdays"]),
        time.fromisoformat(kept["at"]),
        kept["offset_minutes"],
        kept["window_minutes"],
    )
    asked = frozenset(Role(one) for one in kept["asked"])
    return schedule, asked, kept["heeds_dnd"], kept["heeds_status"]


def _question_to_json(one: Question) -> Json:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "words": one.words,
        "purpose": one.purpose.value,
        "is_required": one.is_required,
        "options": list(one.options),
        "top": one.top,
        "follow_up": one.follow_up,
        "follow_up_on": one.follow_up_on,
    }


def _to_question(kept: Json) -> Question:
    return Question(
        kept["id"],
        Kind(kept["kind"]),
        kept["words"],
        Purpose(kept["purpose"]),
        kept["is_required"],
        tuple(kept["options"]),
        kept["top"],
        kept["follow_up"],
        kept["follow_up_on"],
    )
