"""Each benchmark runs, with next to nothing, and reports. How fast it was is not a test's business."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench import report
from bench.__main__ import MEASURES
from bench.findings import QUICK, AtLeast, Below, Section, alone, compared
from bench.report import BEGIN, END
from bench.slack import fake_slack
from bench.world import World
from tests.postgres import Server

ON_BOTH = {"submission", "delivery", "crowd", "growth", "summary", "kudos", "coaching", "numbers"}


@pytest.fixture
async def world(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """On PostgreSQL too, where the peers talk to it."""
    on_both = request.node.callspec.params["name"] in ON_BOTH
    postgres: Server | None = request.getfixturevalue("postgres") if on_both else None
    async with fake_slack() as slack:
        world = World(slack, tmp_path, QUICK, postgres)
        yield world
        await world.forget()


# One runs each time; the others start many processes each, and run with the soak.
EACH_TIME = {"form", "crowd", "summary"}
RUNS = [pytest.param(one, marks=() if one in EACH_TIME else pytest.mark.soak) for one in MEASURES]


@pytest.mark.parametrize("name", RUNS)
async def test_it_runs_and_reports(name: str, world: World) -> None:
    section = await MEASURES[name](world)
    assert section.findings
    assert all(one.ours.low > 0 for one in section.findings)


def test_a_ratio_is_taken_round_by_round() -> None:
    found = compared("what", "per s", [10, 40, 90], "peer", [10, 20, 30], AtLeast(2))
    assert found.ratio is not None
    assert (found.ratio.low, found.ratio.median, found.ratio.high) == (1, 2, 3)
    assert found.met


def test_a_target_that_is_missed_is_said() -> None:
    assert alone("what", "ms", [160, 140, 170], Below(150, "ms")).met is False
    assert alone("what", "ms", [160]).met is None


def test_the_page_keeps_everything_but_the_numbers(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(
        f"Before.\n\n{BEGIN}\n\n### Other\n\nStays.\n\n### Title\n\nold\n\n{END}\n\nAfter.\n"
    )
    report.write([Section("Title", "About.", [alone("what", "ms", [1.5])])], page)
    written = page.read_text()
    assert written.startswith("Before.\n\n")
    assert written.endswith("\n\nAfter.\n")
    assert "old" not in written
    assert "### Other\n\nStays.\n\n### Title\n\nAbout.\n" in written
    assert "| what | 1.50 ms |" in written


def test_the_page_has_a_place_for_the_numbers() -> None:
    written = report.PAGE.read_text()
    assert written.count(BEGIN) == written.count(END) == 1
