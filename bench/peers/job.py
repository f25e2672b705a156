"""What a peer is told to do: read from its only argument."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

Json = dict[str, Any]

Work = Literal["nothing", "form", "rows", "notes"]

TOKEN = "xoxb-bench-0123456789"


@dataclass(frozen=True, slots=True)
class Job:
    """`work` is what a request makes it do before it is acknowledged: nothing, open the form in `view`, or write `rows`.

    Or, for a peer that hears no requests, to send `number` notes: out of `database`, or bare.
    """

    port: int
    slack_url: str
    work: Work
    runner: Literal["poll", "before", "event"] = "before"
    view: str = ""
    rows: str = ""
    database: str = ""
    number: int = 0

    def arguments(self, module: str) -> list[str]:
        return ["-m", module, json.dumps(asdict(self))]

    def form(self) -> Json:
        found: Json = json.loads(Path(self.view).read_text()) if self.view else {}
        return found


def from_argument() -> Job:
    return Job(**json.loads(sys.argv[1]))
