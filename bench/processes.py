"""Servers as processes of their own: started on a core of their own, paused while a peer is measured, ended by id."""

import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.slack import HOST
from bench.wire import Answer, Line

ROOT = Path(__file__).parents[1]
START_SECONDS = 60
STOP_SECONDS = 20
LOOK_SECONDS = 0.002


class DidNotStart(Exception):
    """A server ended, or did not get ready."""


@dataclass(frozen=True, slots=True)
class Server:
    """`started_in` is seconds from the start of the process until it said that it was ready."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    started_in: float

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    @contextmanager
    def paused(self) -> Iterator[None]:
        self.pause()
        try:
            yield
        finally:
            self.go_on()

    def memory(self) -> float | None:
        """Megabytes that this process has for itself, and its share of the rest (PSS). None where Linux is not."""
        try:
            text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        except OSError:
            return None
        line = next(one for one in text.splitlines() if one.startswith("Pss:"))
        return int(line.split()[1]) / 1024


@asynccontextmanager
async def started(
    name: str,
    arguments: Sequence[str],
    port: int,
    folder: Path,
    env: Mapping[str, str] | None = None,
    ready: str = "/readyz",
) -> AsyncIterator[Server]:
    """Run `python <arguments>` until the block ends; `port` must answer at `ready`. Raises DidNotStart."""
    begun = perf_counter()
    process, log = _spawn(name, arguments, folder, env or {})
    try:
        await _until_ready(process, port, ready, log, begun + START_SECONDS)
        yield Server(name, port, process, log, perf_counter() - begun)
    finally:
        await _end(process)


def _spawn(
    name: str, arguments: Sequence[str], folder: Path, env: Mapping[str, str]
) -> tuple[subprocess.Popen[bytes], Path]:
    log = folder / f"{name}.log"
    with log.open("wb") as out, on_server_core():
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env={**_environment(), "PYTHONPATH": str(ROOT), **env},
            stdout=out,
            stderr=out,
        )
    return process, log


def _end_of(log: Path) -> str:
    return log.read_text()[-2000:]


async def output_of(arguments: Sequence[str], folder: Path) -> str:
    """Run `python <arguments>` on the servers' core to its end, and give what it printed. Raises DidNotStart."""
    with on_server_core():
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=folder,
            env={**_environment(), "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    said, complaints = await process.communicate()
    if process.returncode:
        raise DidNotStart(complaints.decode()[-2000:])
    return said.decode()


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        found: int = one.getsockname()[1]
        return found


def cores() -> list[int]:
    """The cores that this process may use; none where the system does not say."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


ALL_CORES = cores()


def stay_on_load_core() -> None:
    """The load generator and the fake Slack keep off the servers' core."""
    if len(ALL_CORES) > 1:
        os.sched_setaffinity(0, set(ALL_CORES[1:]))


def _environment() -> dict[str, str]:
    """Ours, without what Baton or Bolt would read from it."""
    ours = ("SLACK_", "DATABASE_", "LOG_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@contextmanager
def on_server_core() -> Iterator[None]:
    """A process that is started inside inherits the first core, alone."""
    if len(ALL_CORES) < 2:
        yield
        return
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {ALL_CORES[0]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


async def _until_ready(
    process: subprocess.Popen[bytes], port: int, ready: str, log: Path, deadline: float
) -> None:
    while perf_counter() < deadline:
        if process.poll() is not None:
            raise DidNotStart(f"{log.stem} ended: {_end_of(log)}")
        answer = await _probe(port, ready)
        if answer and answer.status == 200:
            return
        await asyncio.sleep(LOOK_SECONDS)
    raise DidNotStart(f"{log.stem} was not ready in time: {_end_of(log)}")


async def _probe(port: int, ready: str) -> Answer | None:
    try:
        line = await Line.to(HOST, port)
    except OSError:
        return None
    try:
        return await line.ask(f"GET {ready} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    except OSError:
        return None
    finally:
        line.close()


async def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop it. It may still want to say something to the Slack in this loop, so nothing here may block."""
    process.send_signal(signal.SIGCONT)
    process.terminate()
    try:
        await asyncio.to_thread(process.wait, STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def peak(pid: int | str = "self") -> float:
    """The most memory that a program has held, in MB. `getrusage` would tell of whoever started it, if that held more."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    [line] = [one for one in status.read_text("ascii").splitlines() if one.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024
