"""What each test runs over in `make test`, where it could run over several things alike; `make soak` runs the rest."""

import re
from collections.abc import Iterable, Sequence
from zlib import crc32

import pytest

MEETING = re.compile("at_once|twice|dies|race|meanwhile|two_|ten_|a_thousand|weeks")
"""Names of tests in which things meet: there the databases differ most."""


def leave_the_rest_to_the_soak(
    items: Iterable[pytest.Item], parameter: str, choices: Sequence[object]
) -> None:
    """Of the choices of this parameter each test keeps one, by its name, so that all of them are in about equal use.

    A test that chooses for itself, since it matters there, keeps all that it has chosen; so does one in which things meet.
    """
    for item in items:
        if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
            continue
        chosen = any(parameter in str(mark.args[0]) for mark in item.iter_markers("parametrize"))
        value = item.callspec.params.get(parameter)
        if chosen or value not in choices or MEETING.search(item.originalname):
            continue
        if choices.index(value) != crc32(item.originalname.encode()) % len(choices):
            item.add_marker(pytest.mark.soak)
