"""The documents: every link leads somewhere, every decision is numbered, and every page is reachable from the README."""

import re
from pathlib import Path

import pytest

from tests.about_the_code.source import ROOT

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def _links(page: Path) -> list[Path]:
    found = [
        link for link in LINK.findall(page.read_text()) if not link.startswith(("http", "mailto:"))
    ]
    return [(page.parent / link).resolve() for link in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [str(link) for link in _links(page) if not link.exists()] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_page_is_reachable_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix not in {".md", ""}:
            continue
        reached.add(page)
        if page.is_dir():
            waiting += page.glob("*.md")
        else:
            waiting += _links(page)
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in reached] == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        named = set(
            re.findall(r"`make ([a-z-]+)`|^ +make ([a-z-]+)", page.read_text(), re.MULTILINE)
        )
        assert {one for pair in named for one in pair if one} <= targets, page
