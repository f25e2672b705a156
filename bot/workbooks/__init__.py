"""Excel files: how they are written, and what is in that of the escalations."""

from bot.workbooks.escalations import EscalationBook
from bot.workbooks.writing import Workbook

__all__ = ["EscalationBook", "Workbook"]
