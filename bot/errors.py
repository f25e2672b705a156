"""Everything that stops work on purpose, and what a person is told about it.

    BatonError
    ├── Refused            understood, and the answer is no; the message is shown to the person
    │   ├── Denied         this person may not do this
    │   ├── Stale          the thing changed since it was drawn
    │   └── FormProblems   some fields need another look; the form stays open with what was typed
    ├── DatabaseGone       nothing could be saved; the person is told so, and may try again
    ├── AlreadyHeard       the same request was handled before; nobody needs to be told
    └── CannotStart        one line for the operator: what is wrong, why, and what to do

Messages are gettext ids in English with `{named}` values; they are translated at the edge, for the person who is told.
"""

from collections.abc import Mapping
from typing import Any


class BatonError(Exception):
    """The root: catch this only at an edge."""


class Refused(BatonError):
    """The answer is no, in a sentence that says what to do next.

    `message` is a gettext id marked with `_()`; `values` fill its `{names}` and are already escaped for mrkdwn.
    """

    def __init__(self, message: str, /, **values: Any) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values: Mapping[str, Any] = values


class Denied(Refused):
    """This person may not do this. The message says who may."""


class Stale(Refused):
    """The thing has changed since its button was drawn. It is drawn anew for everybody."""


class FormProblems(Refused):
    """One refusal per field; the form stays open with everything that was typed."""

    def __init__(self, problems: "Mapping[str, Refused]") -> None:
        super().__init__("; ".join(str(problem) for problem in problems.values()))
        self.problems = problems


class DatabaseGone(BatonError):
    """The database did not answer, or could not write. Nothing of this transaction was saved.

    The message is one line for the operator.
    """


class AlreadyHeard(BatonError):
    """This request was handled before: acknowledge it and do nothing."""


class CannotStart(BatonError):
    """The operator must do something first. The message is one line: what, why, and the remedy."""
