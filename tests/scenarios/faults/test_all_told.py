"""Each kind of fault has a story here in which Baton survives it."""

from pathlib import Path

import pytest

from sandbox.faults import KINDS

STORIES = [one.read_text() for one in Path(__file__).parent.glob("test_*.py")]


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_a_story_of_it(kind: str) -> None:
    assert any(f'"{kind}"' in story for story in STORIES)
