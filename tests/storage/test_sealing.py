"""Sealed texts: they open where they were written, with the key they were written with, and nowhere else."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import LargeBinary

from bot.errors import Refused
from storage.models import metadata
from storage.resealing import SEALED
from storage.sealing import (
    ID_BYTES,
    CannotOpen,
    Keys,
    NotAKey,
    Place,
    key_id,
    new_key,
    read_keys,
)
from tests.cast import OTHER_WORKSPACE, WORKSPACE

OLD, NEW = b"o" * 32, b"n" * 32
PLACE = Place(WORKSPACE, "coaching_notes", "body", "note-1")
WORDS = "You let the customer finish · Ви дали договорити"


@given(st.text())
def test_what_was_sealed_opens_again(words: str) -> None:
    assert Keys(NEW).open(Keys(NEW).seal(words, PLACE), PLACE) == words


@given(
    st.tuples(st.text(), st.text(), st.text(), st.text()),
    st.tuples(st.text(), st.text(), st.text(), st.text()),
)
def test_no_two_places_are_bound_to_the_same_bytes(
    one: tuple[str, str, str, str], other: tuple[str, str, str, str]
) -> None:
    assert (Place(*one).bound == Place(*other).bound) is (one == other)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, row="note-2"),
        replace(PLACE, column="words"),
        replace(PLACE, table="coaching_entries"),
        replace(PLACE, workspace_id=OTHER_WORKSPACE),
        replace(PLACE, table="coaching_notesbody", column=""),
    ],
)
def test_a_text_that_was_moved_does_not_open(elsewhere: Place) -> None:
    with pytest.raises(CannotOpen):
        Keys(NEW).open(Keys(NEW).seal(WORDS, PLACE), elsewhere)


def test_no_bit_of_it_can_be_changed() -> None:
    sealed = Keys(NEW).seal("short", PLACE)
    for at in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(CannotOpen):
            Keys(NEW).open(bytes(changed), PLACE)


def test_none_of_it_can_be_left_out() -> None:
    sealed = Keys(NEW).seal("short", PLACE)
    for length in range(len(sealed)):
        with pytest.raises(CannotOpen):
            Keys(NEW).open(sealed[:length], PLACE)


def test_the_newest_key_seals_and_all_of_them_open() -> None:
    both, sealed = Keys(NEW, OLD), Keys(OLD).seal(WORDS, PLACE)

    assert both.open(sealed, PLACE) == WORDS
    assert both.seal(WORDS, PLACE)[:ID_BYTES] == key_id(NEW)
    with pytest.raises(CannotOpen, match=key_id(OLD).hex()):
        Keys(NEW).open(sealed, PLACE)


def test_the_same_words_are_never_sealed_to_the_same_bytes() -> None:
    assert len({Keys(NEW).seal(WORDS, PLACE) for _ in range(50)}) == 50


def test_what_does_not_open_says_nothing_of_the_words() -> None:
    sealed = Keys(NEW).seal(WORDS, PLACE)
    with pytest.raises(CannotOpen) as raised:
        Keys(NEW).open(sealed, replace(PLACE, row="note-2"))
    assert str(raised.value) == "A text in coaching_notes was changed, or is not in its place."


def test_an_id_tells_nothing_about_its_key() -> None:
    assert key_id(OLD) != key_id(NEW)
    assert key_id(OLD) not in OLD
    assert Keys(NEW, OLD).ids == [key_id(NEW).hex(), key_id(OLD).hex()]


def test_without_a_key_nothing_is_sealed() -> None:
    assert not Keys()
    with pytest.raises(Refused, match="ENCRYPTION_KEYS"):
        Keys().seal(WORDS, PLACE)


def test_keys_are_read_as_they_are_written() -> None:
    first, second = new_key(), new_key()

    assert first != second
    assert re.fullmatch(r"[\w-]{43}=", first)
    assert read_keys(f" {first} ,\n{second},").ids == [
        *read_keys(first).ids,
        *read_keys(second).ids,
    ]
    assert not read_keys("")


@pytest.mark.parametrize("wrong", ["secret", "=" * 44, "a" * 43, "k" * 45, "ключ"])
def test_what_is_no_key_is_refused_without_being_repeated(wrong: str) -> None:
    with pytest.raises(NotAKey) as raised:
        read_keys(wrong)
    assert wrong not in str(raised.value)


def test_every_column_of_bytes_is_one_that_rotation_knows() -> None:
    """Whoever adds a sealed column puts it there, or its texts would be lost with an old key."""
    found = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert {(one.table, one.column) for one in SEALED} == found
