"""Lines that lean on those above: totals of them, and those that leave a name out because it is the same."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.rules.metrics.importing.cells.missing import is_missing
from bot.rules.metrics.importing.mapping import Lines
from bot.rules.metrics.importing.mapping import Mapping as Columns
from bot.rules.metrics.importing.reading.fields import Field
from bot.rules.metrics.importing.reading.slots import telling_of
from bot.rules.metrics.importing.words.cells import is_total, total_of

IN_ENGLISH = "total"


class Above:
    """What the lines of one file have said so far, column by column. Lines come in the order of the file."""

    def __init__(self, columns: Columns, fields: Iterable[Field]) -> None:
        known: Mapping[int, Collection[str]] = {one.place: one.known for one in fields}
        self.telling = telling_of(columns)
        self._names = {place: known.get(place, ()) for place in self.telling}
        self._is_many = columns.lines is Lines.TOTALS
        filled = (one for one in columns.describing if columns.columns[one].style.fills)
        self._last = dict.fromkeys(filled, "")

    def fill(self, cells: Sequence[str]) -> Sequence[str]:
        """With what is above in the cells that somebody has said to mean that. A blank line, or a total, goes on with nothing."""
        is_line = self._last and sum(not is_missing(one) for one in cells) > 1
        if not is_line or self.is_total(cells):
            return cells
        filled = [*cells]
        for place, above in self._last.items():
            if is_missing(cells[place]):
                filled[place] = above
            else:
                self._last[place] = cells[place]
        return filled

    def is_total(self, cells: Sequence[str]) -> bool:
        """Whether it adds up the lines above: all of them, or those of one name: “Total”, “Ann Total”."""
        return any(
            is_total(cells[place]) or self._is_of_one(place, cells) for place in self.telling
        )

    def is_subtotal(self, words: Iterable[str], cells: Sequence[str]) -> bool:
        """The same where the words of a line were looked at for a total already."""
        if not self._is_many or not any(IN_ENGLISH in one.casefold() for one in words):
            return False
        return any(self._is_of_one(place, cells) for place in self.telling)

    def _is_of_one(self, place: int, cells: Sequence[str]) -> bool:
        name = total_of(cells[place]) if self._is_many else ""
        return bool(name) and name in self._names[place]
