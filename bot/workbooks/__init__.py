"""Excel files: how they are written, and what is in those of escalations and of stand-ups."""

from bot.workbooks.escalations import EscalationBook
from bot.workbooks.standups import StandUpBook
from bot.workbooks.writing import Workbook

__all__ = ["EscalationBook", "StandUpBook", "Workbook"]
