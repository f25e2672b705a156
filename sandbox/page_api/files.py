"""The files of the page, as the browser asks for them: no build, but few questions and none that waits for another."""

import re
from pathlib import Path

from aiohttp import web

PAGE = Path(__file__).parent.parent / "page"
INDEX = PAGE / "index.html"
STYLES = "styles.css"
STYLE = re.compile(r' *<link rel="stylesheet" href="(.+)" />\n')
HEAD_ENDS = "</head>"
KINDS = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


async def page_file(request: web.Request) -> web.Response:
    """A file of the page, and the page itself for `/`. The browser asks each time, and is told when it has it."""
    name = request.match_info.get("path", "")
    if name == STYLES:
        return _answer(_styles(), ".css")
    path = PAGE / name if name else INDEX
    inside = path.is_relative_to(PAGE) and ".." not in path.parts
    if not inside or path.suffix not in KINDS or not path.is_file():
        raise web.HTTPNotFound
    if path == INDEX:
        return _answer(_index(), path.suffix)
    tag = f'"{path.stat().st_mtime_ns:x}"'
    if request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers={"ETag": tag})
    return _answer(path.read_text(), path.suffix, tag)


def _answer(text: str, suffix: str, tag: str = "") -> web.Response:
    headers = {"Cache-Control": "no-cache"} | ({"ETag": tag} if tag else {})
    return web.Response(text=text, content_type=KINDS[suffix], charset="utf-8", headers=headers)


def _index() -> str:
    """The styles in one piece. A module is found only when the one that imports it was read, so all are announced."""
    modules = sorted(str(one.relative_to(PAGE)) for one in PAGE.rglob("*.js"))
    links = [f'<link rel="modulepreload" href="{one}" />' for one in modules]
    head = "\n".join([f'<link rel="stylesheet" href="{STYLES}" />', *links, HEAD_ENDS])
    return STYLE.sub("", INDEX.read_text()).replace(HEAD_ENDS, head)


def _styles() -> str:
    """In the order in which the page names them: what comes later has the last word."""
    return "\n".join((PAGE / one).read_text() for one in STYLE.findall(INDEX.read_text()))
