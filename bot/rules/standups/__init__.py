"""Stand-ups: what is asked, when, of whom, and what becomes of the answers."""

from bot.rules.standups.blockers import Blocker, BlockerAction, BlockerState, Standing
from bot.rules.standups.notes import ShiftNote
from bot.rules.standups.questions import Kind, Purpose, Question, Said
from bot.rules.standups.rounds import Ahead, Round, RoundState, Seat, SeatState, Via
from bot.rules.standups.standups import Moment, NotAnswered, Schedule, StandUp

__all__ = [
    "Ahead",
    "Blocker",
    "BlockerAction",
    "BlockerState",
    "Kind",
    "Moment",
    "NotAnswered",
    "Purpose",
    "Question",
    "Round",
    "RoundState",
    "Said",
    "Schedule",
    "Seat",
    "SeatState",
    "ShiftNote",
    "StandUp",
    "Standing",
    "Via",
]
