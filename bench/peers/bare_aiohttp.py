"""A bare aiohttp server: `python bare_aiohttp.py PORT`. It answers, and that is all."""

import sys

from aiohttp import web


async def answer(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})


def main() -> None:
    application = web.Application()
    application.router.add_get("/api/api.test", answer)
    web.run_app(application, host="127.0.0.1", port=int(sys.argv[1]), print=None)


if __name__ == "__main__":
    main()
