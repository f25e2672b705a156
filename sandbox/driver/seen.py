"""Reading blocks as a person does: by their words, and their elements by what is written on them."""

from collections.abc import Iterator

from sandbox.block_kit import elements
from sandbox.kinds import Json

WORDS = ("text", "alt_text", "title", "subtitle", "body", "label", "hint", "caption", "fallback")


def words(thing: object) -> str:
    """All that can be read in blocks, a line for each text."""
    return "\n".join(_texts(thing))


def buttons(blocks: list[Json]) -> list[str]:
    return [text_of(one) for _, one in elements.elements(blocks) if one["type"] == "button"]


def text_of(thing: Json) -> str:
    text = thing.get("text")
    return str(text.get("text", "")) if isinstance(text, dict) else str(text or "")


def label_of(block: Json, element: Json) -> list[str]:
    """Everything that a person could call this element by, and its action id."""
    names = [element["action_id"], text_of(element)]
    parts = (block.get("label"), element.get("placeholder"), block.get("text"))
    names += [text_of({"text": part}) for part in parts if isinstance(part, dict)]
    return [name.strip() for name in names if name]


def find(blocks: list[Json], label: str, nth: int = 0) -> tuple[Json, Json]:
    """The element with this label; an AssertionError that lists what there is if there is none."""
    pairs = list(elements.elements(blocks))
    found = [(block, one) for block, one in pairs if label in label_of(block, one)]
    if len(found) <= nth:
        there = [label_of(block, one)[1:] or [one["action_id"]] for block, one in pairs]
        raise AssertionError(f"There is no “{label}” here, only {there}.")
    return found[nth]


def find_overflow(blocks: list[Json], label: str) -> tuple[Json, Json, str] | None:
    """A menu behind "…" that offers this, and the value of the choice."""
    for block, element in elements.elements(blocks):
        if element["type"] == "overflow":
            for option in elements.options(element):
                if text_of(option) == label:
                    return block, element, option["value"]
    return None


def option_value(offered: list[Json], label: str) -> str:
    """The value of the choice with this text (or this value)."""
    for option in offered:
        if label in {text_of(option), option["value"]}:
            return str(option["value"])
    there = [text_of(option) for option in offered]
    raise AssertionError(f"There is no choice “{label}” here, only {there}.")


def _texts(thing: object) -> Iterator[str]:
    if isinstance(thing, list):
        for one in thing:
            yield from _texts(one)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if key in WORDS and isinstance(value, str):
                yield value
            elif isinstance(value, dict | list):
                yield from _texts(value)
