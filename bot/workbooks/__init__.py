"""Excel files: how they are written, and what is in those of escalations, stand-ups, coaching, kudos and numbers."""

from bot.workbooks.coaching import CoachingBook
from bot.workbooks.escalations import EscalationBook
from bot.workbooks.kudos import KudosBook
from bot.workbooks.metrics import MetricsBook
from bot.workbooks.standups import StandUpBook
from bot.workbooks.writing import Workbook

__all__ = ["CoachingBook", "EscalationBook", "KudosBook", "MetricsBook", "StandUpBook", "Workbook"]
