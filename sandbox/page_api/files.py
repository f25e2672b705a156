"""The files of the page, as the browser asks for them: no build, but all modules are announced at once."""

from pathlib import Path

from aiohttp import web

PAGE = (Path(__file__).parent.parent / "page").resolve()
INDEX = PAGE / "index.html"
HEAD_ENDS = "</head>"
KINDS = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


async def page_file(request: web.Request) -> web.Response:
    """A file of the page, and the page itself for `/`. The browser asks each time, and is told when it has it."""
    wanted = (PAGE / request.match_info.get("path", "")).resolve()
    path = INDEX if wanted == PAGE else wanted
    if not path.is_relative_to(PAGE) or path.suffix not in KINDS or not path.is_file():
        raise web.HTTPNotFound
    tag = f'"{path.stat().st_mtime_ns:x}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if path is not INDEX and request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers=headers)
    body = _index() if path is INDEX else path.read_bytes()
    kind = KINDS[path.suffix]
    return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)


def _index() -> bytes:
    """A module is found only when the one that imports it has been read: announced, all come together."""
    modules = sorted(str(one.relative_to(PAGE)) for one in PAGE.rglob("*.js"))
    links = "".join(f'<link rel="modulepreload" href="{one}" />\n' for one in modules)
    return INDEX.read_text().replace(HEAD_ENDS, links + HEAD_ENDS).encode()
