"""A PostgreSQL that goes away and comes back: a line to the real one that can be cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import URL, make_url


class Line:
    """Passes bytes on, both ways, until it is held or cut. Held, it swallows nothing and says nothing; cut, nobody answers."""

    def __init__(self, far_end: URL) -> None:
        self._far_end = far_end
        self._server: asyncio.Server | None = None
        self._passing: set[asyncio.Task[None]] = set()
        self._flows = asyncio.Event()
        self._flows.set()
        self.port = 0

    async def hold(self) -> None:
        self._flows.clear()

    async def release(self) -> None:
        self._flows.set()

    @property
    def url(self) -> str:
        """The address of the database at the far end, through this line."""
        far = self._far_end
        near = far.set(host="127.0.0.1", port=self.port, query={})
        return near.render_as_string(hide_password=False)

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._passing):
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await self._reach()
        for source, target in ((reader, far_writer), (far_reader, writer)):
            task = asyncio.create_task(self._pass(source, target))
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        folder = self._far_end.query.get("host")
        if isinstance(folder, str):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        return await asyncio.open_connection(self._far_end.host, self._far_end.port or 5432)

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while some := await source.read(65536):
                await self._flows.wait()
                target.write(some)
                await target.drain()
        finally:
            with suppress(ConnectionError):
                target.close()


@asynccontextmanager
async def cuttable(database_url: str) -> AsyncIterator[Line]:
    """A line to this database, whole at first."""
    line = Line(make_url(database_url))
    await line.mend()
    yield line
    await line.cut()
