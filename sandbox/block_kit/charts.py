"""The rules of a chart, which are about its points rather than its parts."""

from collections.abc import Iterator

from sandbox.kinds import Json

LABEL, AXIS, MOST_SERIES, MOST_POINTS = 20, 50, 12, 20


def problems(chart: object, at: str) -> Iterator[str]:
    if not isinstance(chart, dict) or chart.get("type") not in {"pie", "bar", "line", "area"}:
        yield f"unsupported chart [json-pointer:{at}]"
    elif chart["type"] == "pie":
        yield from _pie(chart.get("segments") or [], f"{at}/segments")
    else:
        yield from _series(chart, at)


def _pie(segments: list[Json], at: str) -> Iterator[str]:
    yield from _count(segments, MOST_SERIES, at)
    for number, segment in enumerate(segments):
        yield from _label(segment.get("label"), f"{at}/{number}/label")
        if not segment.get("value", 0) > 0:
            yield f"must be more than 0 [json-pointer:{at}/{number}/value]"


def _series(chart: Json, at: str) -> Iterator[str]:
    series, axis = chart.get("series") or [], chart.get("axis_config") or {}
    categories = axis.get("categories") or []
    yield from _count(series, MOST_SERIES, f"{at}/series")
    yield from _count(categories, MOST_POINTS, f"{at}/axis_config/categories")
    for number, category in enumerate(categories):
        yield from _label(category, f"{at}/axis_config/categories/{number}")
    for name in ("x_label", "y_label"):
        if len(axis.get(name) or "") > AXIS:
            yield f"must be less than {AXIS + 1} characters [json-pointer:{at}/axis_config/{name}]"
    names = [one.get("name") for one in series]
    if len(set(names)) < len(names):
        yield f"names must be unique [json-pointer:{at}/series]"
    for number, one in enumerate(series):
        yield from _label(one.get("name"), f"{at}/series/{number}/name")
        labels = [point.get("label") for point in one.get("data") or []]
        if sorted(map(str, labels)) != sorted(map(str, categories)):
            yield f"needs one point for each category [json-pointer:{at}/series/{number}/data]"


def _count(things: list[Json], most: int, at: str) -> Iterator[str]:
    if not 1 <= len(things) <= most:
        yield f"between 1 and {most} items are needed [json-pointer:{at}]"


def _label(text: object, at: str) -> Iterator[str]:
    if not isinstance(text, str) or not 0 < len(text) <= LABEL:
        yield f"must be between 1 and {LABEL} characters [json-pointer:{at}]"
