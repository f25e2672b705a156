"""How rows become stand-ups, rounds, seats, blockers and notes, and back."""

from datetime import date, time
from typing import Any

from bot.people import Role
from bot.rules.standups import (
    Ahead,
    Blocker,
    BlockerState,
    Moment,
    NotAnswered,
    Round,
    RoundState,
    Schedule,
    Seat,
    SeatState,
    ShiftNote,
    StandUp,
    Via,
)
from storage.standups.bodies import (
    answers_to_json,
    plan_to_json,
    questions_to_json,
    to_answers,
    to_plan,
    to_questions,
)
from storage.standups.rows import AheadRow, BlockerRow, RoundRow, SeatRow, ShiftNoteRow, StandUpRow


def standup_values(standup: StandUp) -> dict[str, Any]:
    """Everything but who it is and which version."""
    schedule = standup.schedule
    return {
        "team_id": standup.team_id,
        "name": standup.name,
        "questions": questions_to_json(standup.questions),
        "moment": schedule.moment.value,
        "weekdays": list(schedule.weekdays),
        "at": schedule.at.isoformat(),
        "offset_minutes": schedule.offset_minutes,
        "window_minutes": schedule.window_minutes,
        "asked": sorted(standup.asked),
        "channel": standup.channel,
        "not_answered": standup.not_answered.value,
        "heeds_dnd": standup.heeds_dnd,
        "heeds_status": standup.heeds_status,
        "is_active": standup.is_active,
        "made_by": standup.made_by,
    }


def to_standup(row: StandUpRow) -> StandUp:
    schedule = Schedule(
        Moment(row.moment),
        tuple(row.weekdays),
        time.fromisoformat(row.at),
        row.offset_minutes,
        row.window_minutes,
    )
    return StandUp(
        row.workspace_id,
        row.id,
        row.team_id,
        row.name,
        to_questions(row.questions),
        schedule,
        frozenset(Role(one) for one in row.asked),
        row.channel,
        NotAnswered(row.not_answered),
        row.heeds_dnd,
        row.heeds_status,
        row.is_active,
        row.made_by,
        row.version,
    )


def round_values(one: Round) -> dict[str, Any]:
    return {
        "id": one.id,
        "standup_id": one.standup_id,
        "team_id": one.team_id,
        "key": one.key,
        "day": one.day.isoformat(),
        "opens_at": one.opens_at,
        "closes_at": one.closes_at,
        "name": one.name,
        "questions": questions_to_json(one.questions),
        "channel": one.channel,
        "not_answered": one.not_answered.value,
        "plan": plan_to_json(one),
        "state": one.state.value,
        "focus": one.focus,
        "focus_by": one.focus_by,
        "opened_at": one.opened_at,
        "closed_at": one.closed_at,
    }


def to_round(row: RoundRow) -> Round:
    return Round(
        row.workspace_id,
        row.id,
        row.standup_id,
        row.team_id,
        row.key,
        date.fromisoformat(row.day),
        row.opens_at,
        row.closes_at,
        row.name,
        to_questions(row.questions),
        row.channel,
        NotAnswered(row.not_answered),
        RoundState(row.state),
        row.focus,
        row.focus_by,
        row.opened_at,
        row.closed_at,
        *to_plan(row.plan),
    )


def seat_values(seat: Seat) -> dict[str, Any]:
    return {
        "round_id": seat.round_id,
        "person_id": seat.person_id,
        "ask_at": seat.ask_at,
        "until": seat.until,
        "state": seat.state.value,
        "message": seat.message,
        "asked_at": seat.asked_at,
        "reminded_at": seat.reminded_at,
        "nudged_at": seat.nudged_at,
        "answered_at": seat.answered_at,
        "edited_at": seat.edited_at,
        "via": seat.via.value if seat.via else None,
        "answers": answers_to_json(seat.answers),
    }


def to_seat(row: SeatRow) -> Seat:
    return Seat(
        row.round_id,
        row.person_id,
        row.ask_at,
        row.until,
        SeatState(row.state),
        row.message,
        row.asked_at,
        row.reminded_at,
        row.nudged_at,
        row.answered_at,
        row.edited_at,
        Via(row.via) if row.via else None,
        to_answers(row.answers),
    )


def to_ahead(row: AheadRow) -> Ahead:
    return Ahead(
        row.standup_id,
        row.person_id,
        date.fromisoformat(row.day),
        SeatState(row.state),
        row.said_at,
        to_answers(row.answers),
    )


def to_blocker(row: BlockerRow) -> Blocker:
    return Blocker(
        row.workspace_id,
        row.id,
        row.team_id,
        row.round_id,
        row.person_id,
        row.words,
        row.raised_at,
        row.confirmed_at,
        BlockerState(row.state),
        row.taken_by,
        row.case_number,
        row.closed_at,
        row.closed_by,
        row.closed_word,
    )


def to_note(row: ShiftNoteRow) -> ShiftNote:
    return ShiftNote(
        row.workspace_id,
        row.round_id,
        row.person_id,
        row.team_id,
        row.words,
        row.said_at,
        row.told_round_id,
        row.confirmed_at,
        row.confirmed_by,
    )


def blocker_values(one: Blocker) -> dict[str, Any]:
    return {
        "id": one.id,
        "team_id": one.team_id,
        "round_id": one.round_id,
        "person_id": one.person_id,
        "words": one.words,
        "raised_at": one.raised_at,
        "confirmed_at": one.confirmed_at,
        "state": one.state.value,
        "taken_by": one.taken_by,
        "case_number": one.case_number,
        "closed_at": one.closed_at,
        "closed_by": one.closed_by,
        "closed_word": one.closed_word,
    }
