"""What is wrong with a payload, in the words and with the pointers that Slack uses."""

from dataclasses import dataclass

from sandbox.kinds import Json


@dataclass(frozen=True)
class Problem:
    pointer: str
    message: str
    # `missing_field`, `invalid_type` or `failed_constraint`.
    code: str = "failed_constraint"
    # Which constraint failed, what it asks for, and what was there instead.
    constraint: str = ""
    expected: object = None
    got: object = None
    # What a method answers to this one instead of its usual error.
    error: str = ""

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"

    @property
    def details(self) -> Json:
        """As `blocks.validate` tells it."""
        told: Json = {"pointer": self.pointer, "code": self.code, "message": self.message}
        if self.constraint:
            told["constraint"] = {
                "type": self.constraint,
                "expected": self.expected,
                "got": self.got,
            }
        return told


def missing(at: str, name: str) -> Problem:
    return Problem(at, f"missing required field: {name}", "missing_field")


def wrong_type(at: str, wanted: str) -> Problem:
    return Problem(at, f"must {wanted}", "invalid_type")


def unsupported(at: str, kind: object, known: list[str]) -> Problem:
    words = f"unsupported type: {kind}"
    return Problem(f"{at}/type", words, constraint="enum", expected=known, got=kind)


def unknown(at: str, name: str) -> Problem:
    words = f"invalid additional property: {name}"
    return Problem(at, words, constraint="additional_properties", got=name)
