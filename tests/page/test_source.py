"""The page's own source: no way in for markup, nothing loaded from elsewhere, short files, few requests."""

import re
from pathlib import Path

import pytest
from aiohttp import ClientSession
from yarl import URL

from sandbox.server import Sandbox

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
FILES = sorted(path for path in PAGE.rglob("*") if path.is_file())
WAYS_IN = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\(|new Function"
# The name of SVG is written as an address, and never fetched.
NAMESPACE = "http://www.w3.org/2000/svg"


def name(path: Path) -> str:
    return str(path.relative_to(PAGE))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_text_never_becomes_markup(path: Path) -> None:
    assert re.findall(WAYS_IN, path.read_text()) == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    text = path.read_text().replace(NAMESPACE, "")
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}[^\s\"']*", text) == []


@pytest.mark.parametrize("path", [one for one in FILES if one.suffix in {".js", ".css"}], ids=name)
def test_files_stay_short_and_say_what_they_are(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) <= 300
    assert re.match(r"(//|/\*) [A-Z].*[.?!:]( \*/)?$", lines[0])


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_import_is_there(path: Path) -> None:
    wanted = re.findall(r'from "(\.[^"]+)"', path.read_text())
    assert [one for one in wanted if not (path.parent / one).is_file()] == []


@pytest.mark.parametrize("name", ["..%2fserver.py", "%2fetc%2fhosts", "styles", "app.py", ""])
async def test_only_files_of_the_page_are_served(name: str) -> None:
    async with Sandbox() as slack, ClientSession() as session:
        answer = await session.get(URL(f"{slack.url}/{name}", encoded=True))
        assert answer.status == (404 if name else 200)


async def test_the_styles_come_in_one_piece_and_modules_all_at_once() -> None:
    async with Sandbox() as slack, ClientSession() as session:
        async with session.get(slack.url) as answer:
            page = await answer.text()
        async with session.get(f"{slack.url}/styles.css") as answer:
            styles = await answer.text()
    assert page.count('rel="stylesheet"') == 1
    assert page.count('rel="modulepreload"') == sum(path.suffix == ".js" for path in FILES)
    assert all(path.read_text() in styles for path in FILES if path.suffix == ".css")
