"""A file with numbers before its lines are facts: what was found in it, what was decided about it, what it came to."""

from bot.rules.metrics.importing.files.batches import Batch
from bot.rules.metrics.importing.files.decided import Belongs, Decided
from bot.rules.metrics.importing.files.looks import Look
from bot.rules.metrics.importing.files.outcomes import Outcome
from bot.rules.metrics.importing.files.troubles import Trouble

__all__ = ["Batch", "Belongs", "Decided", "Look", "Outcome", "Trouble"]
