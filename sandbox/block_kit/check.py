"""stub"""

from sandbox.kinds import Json


def message(blocks: list[Json]) -> list[str]:
    return []


def view(view: Json, kind: str) -> list[str]:
    return []


def text_length(blocks: list[Json]) -> int:
    return 0
