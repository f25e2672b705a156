"""What is kept of numbers: facts as they came, what they come to day by day, and what people decided about them."""

from storage.metrics import (
    deciding_rows,
    definitions,
    facts,
    holding,
    imports,
    mappings,
    members,
    names,
    rollups,
    settings,
    turns,
)

__all__ = [
    "deciding_rows",
    "definitions",
    "facts",
    "holding",
    "imports",
    "mappings",
    "members",
    "names",
    "rollups",
    "settings",
    "turns",
]
