"""Programs of ours in processes of their own, forked from one that has imported everything: an import takes longer than most tests."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

STOP_SECONDS = 60
SERVER = get_context("forkserver")
SERVER.set_forkserver_preload(["bot.cli", "tests.scenarios.killed.mortal"])


@dataclass
class Child:
    """A running program. What it writes is in the two files."""

    process: ForkServerProcess
    out: Path
    error: Path

    @property
    def returncode(self) -> int | None:
        """As subprocesses have it: None while it runs, negative for a signal."""
        return self.process.exitcode

    def terminate(self) -> None:
        self.process.terminate()

    def kill(self) -> None:
        self.process.kill()

    async def wait(self) -> int:
        """Until it ends."""
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        loop.add_reader(self.process.sentinel, ended.set)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await ended.wait()
        finally:
            loop.remove_reader(self.process.sentinel)
        self.process.join()
        return self.process.exitcode or 0


def start(
    program: Callable[[], None],
    *arguments: str,
    environment: Mapping[str, str],
    folder: Path,
    name: str = "program",
) -> Child:
    """Run it there, with this environment and nothing else of ours."""
    out, error = folder / f".{name}.out", folder / f".{name}.error"
    process = SERVER.Process(
        target=_run, args=(program, arguments, dict(environment), folder, out, error), daemon=True
    )
    process.start()
    return Child(process, out, error)


def _run(
    program: Callable[[], None],
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    out: Path,
    error: Path,
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for path, stream in ((out, sys.stdout), (error, sys.stderr)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    sys.argv = ["baton", *arguments]
    program()
