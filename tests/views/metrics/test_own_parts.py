"""What a file's own numbers are called: as formulas can name them, and never as a part that Baton knows."""

import pytest

from bot.rules.metrics.store.parts import is_own
from bot.views.metrics.importing import columns


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("Hold Time (sec)", "own_hold_time_sec"),
        ("Χρόνος", "own_column_4"),
        ("2nd level", "own_2nd_level"),
        ("% good", "own_percent_good"),
        ("Ratings", "own_ratings"),
        ("x" * 99, "own_" + "x" * 40),
    ],
)
def test_a_column_is_called_so_that_formulas_can_name_it(header: str, part: str) -> None:
    assert columns.part_of(header, 3) == part
    assert is_own(part)
