"""Every limit in the table, found by walking it: what is at the limit passes, what is one beyond is pointed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.block_kit import walk
from sandbox.block_kit.limits import Row, rows
from sandbox.block_kit.limits.parts import Number, Record, Text
from sandbox.block_kit.limits.wholes import MESSAGE_BLOCKS, VIEW_BLOCKS
from sandbox.block_kit.problems import Problem
from tests.sandbox.block_kit import grown
from tests.sandbox.helpers import Json

ROWS = list(rows())
UPPER = [row for row in ROWS if grown.bounds(row.part)[1] is not None]
LOWER = [row for row in ROWS if grown.bounds(row.part)[0] is not None]


def problems(row: Row, thing: Json) -> list[Problem]:
    return list(walk.part(Record(row.shape), thing, None, ""))


def most(row: Row) -> int:
    limit = grown.bounds(row.part)[1]
    assert limit is not None
    return limit


def least(row: Row) -> int:
    limit = grown.bounds(row.part)[0]
    assert limit is not None
    return limit


def is_refused(row: Row, size: int) -> bool:
    at = f"/{row.key}/text" if isinstance(row.part, Text) else f"/{row.key}"
    return at in [one.pointer for one in problems(row, grown.with_size(row, size))]


@pytest.mark.parametrize("row", UPPER, ids=lambda row: row.name)
def test_the_most_passes_and_one_more_does_not(row: Row) -> None:
    assert problems(row, grown.with_size(row, most(row))) == []
    assert is_refused(row, most(row) + 1)


@pytest.mark.parametrize("row", LOWER, ids=lambda row: row.name)
def test_the_least_passes_and_one_less_does_not(row: Row) -> None:
    assert problems(row, grown.with_size(row, least(row))) == []
    assert is_refused(row, least(row) - 1)


@given(st.data())
def test_anything_between_the_limits_passes(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(UPPER))
    low = grown.bounds(row.part)[0] or 0
    size = data.draw(st.integers(low, most(row)))
    assert problems(row, grown.with_size(row, size)) == []


@given(st.data())
def test_anything_beyond_the_limits_is_refused(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(UPPER))
    far = 10**12 if isinstance(row.part, Number) else most(row) + 300
    assert is_refused(row, data.draw(st.integers(most(row) + 1, far)))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.table} {row.name}")
def test_each_key_has_its_place(row: Row) -> None:
    """What is needed is missed, what may be there may be there, and nothing may be of another type."""
    thing = grown.smallest(row.shape)
    without = {key: one for key, one in thing.items() if key != row.key}
    missed = f"missing required field: {row.key}"
    assert (missed in [one.message for one in problems(row, without)]) is row.required
    wrong = problems(row, thing | {row.key: object()})
    assert f"/{row.key}" in [one.pointer for one in wrong if one.code == "invalid_type"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.table} {row.name}")
def test_no_key_is_let_through_that_is_not_in_the_table(row: Row) -> None:
    unknown = grown.smallest(row.shape) | {f"{row.key}_": "x"}
    assert [one.message for one in problems(row, unknown)] == [
        f"invalid additional property: {row.key}_"
    ]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["type", "text", "elements", "rows", "options"]), inner
            )
        ),
    )
)
def test_no_payload_is_too_strange_to_be_judged(strange: object) -> None:
    for surface in (None, "message", "modal", "home"):
        for problem in walk.part(MESSAGE_BLOCKS, [strange], surface, "/blocks"):
            assert problem.pointer.startswith("/blocks")


def test_a_view_holds_twice_as_many_blocks_as_a_message() -> None:
    assert (MESSAGE_BLOCKS.most, VIEW_BLOCKS.most) == (50, 100)
