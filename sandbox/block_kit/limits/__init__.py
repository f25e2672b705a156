"""All that Block Kit allows, as one table: every kind of object, what it is made of, and where Slack says so."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.block_kit.limits.blocks import BLOCKS, PLANNED_TASK
from sandbox.block_kit.limits.composition import COMPOSITION
from sandbox.block_kit.limits.data import DATA_PIECES
from sandbox.block_kit.limits.elements import ELEMENTS, FEEDBACK
from sandbox.block_kit.limits.parts import Many, Part, Record, Shape, Thing
from sandbox.block_kit.limits.rich_text import INNER, PARAGRAPHS, STYLE
from sandbox.block_kit.limits.wholes import VIEWS

TABLES: dict[str, dict[str, Shape]] = {
    "Views": VIEWS,
    "Blocks": BLOCKS | {"task_card of a plan": PLANNED_TASK},
    "Elements": ELEMENTS | {"one of the feedback buttons": FEEDBACK},
    "Composition objects": COMPOSITION,
    "Rich text": {**PARAGRAPHS, **INNER, "style": STYLE},
    "Tables and charts": DATA_PIECES,
}


@dataclass(frozen=True)
class Row:
    """One line of the table: a key of a kind of object, what it may hold, and where Slack says so."""

    table: str
    kind: str
    shape: Shape
    key: str
    part: Part
    docs: str

    @property
    def required(self) -> bool:
        return self.key in self.shape.needs

    @property
    def name(self) -> str:
        return f"{self.kind}.{self.key}"


def rows() -> Iterator[Row]:
    for table, kinds in TABLES.items():
        for kind, shape in kinds.items():
            for key, part in shape.parts.items():
                yield Row(table, kind, shape, key, part, shape.docs)


def shapes_in(part: Part) -> Iterator[Shape]:
    """The kinds of objects that a part may hold."""
    match part:
        case Many():
            yield from shapes_in(part.of)
        case Thing():
            yield from part.kinds.values()
        case Record():
            yield part.shape
        case _:
            return
