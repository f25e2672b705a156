"""Rules between the keys of one object, for the table of limits to name."""

from collections.abc import Iterator

from sandbox.block_kit.limits.parts import Rule
from sandbox.kinds import Json


def any_of(*names: str) -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        if not any(thing.get(name) for name in names):
            yield "/type" if "type" in thing else ""

    return Rule(f"must define either {_listed(names)}", broken)


def exactly_one(*names: str) -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        if sum(bool(thing.get(name)) for name in names) != 1:
            yield ""

    return Rule(f"must define exactly one of {_listed(names)}", broken)


def not_both(one: str, other: str) -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        if thing.get(one) and thing.get(other):
            yield f"/{other}"

    return Rule(f"cannot define both `{one}` and `{other}`", broken)


def only_with(name: str, other: str) -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        if thing.get(name) and not thing.get(other):
            yield f"/{name}"

    return Rule(f"`{name}` needs `{other}`", broken)


def initial_is_offered() -> Rule:
    """An initial choice must be one of the choices, word for word."""

    def broken(thing: Json) -> Iterator[str]:
        groups = dicts(thing.get("option_groups"))
        offered = [one for group in groups for one in dicts(group.get("options"))]
        offered += dicts(thing.get("options"))
        if thing.get("initial_option") and thing["initial_option"] not in offered:
            yield "/initial_option"
        for number, one in enumerate(dicts(thing.get("initial_options"))):
            if one not in offered:
                yield f"/initial_options/{number}"

    return Rule("an initial option must be one of the options, word for word", broken)


def unique(many: str, key: str) -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        seen: list[object] = []
        for number, one in enumerate(dicts(thing.get(many))):
            if one.get(key) is not None and one[key] in seen:
                yield f"/{many}/{number}/{key}"
            seen.append(one.get(key))

    return Rule(f"each `{key}` of `{many}` must be unique", broken)


def rows_of_one_length() -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        rows = lists(thing.get("rows"))
        for number, row in enumerate(rows):
            if len(row) != len(rows[0]):
                yield f"/rows/{number}"

    return Rule("all rows must have the same number of cells", broken)


def header_cells(*kinds: str) -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        for number, cell in enumerate(dicts(next(iter(lists(thing.get("rows"))), []))):
            if cell.get("type") not in kinds:
                yield f"/rows/0/{number}/type"

    return Rule(f"the cells of the first row, the header, must be {_listed(kinds)}", broken)


def one_point_for_each_category() -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        axis = thing.get("axis_config")
        categories = axis.get("categories") if isinstance(axis, dict) else None
        expected = sorted(map(str, categories)) if isinstance(categories, list) else []
        for number, series in enumerate(dicts(thing.get("series"))):
            given = sorted(str(point.get("label")) for point in dicts(series.get("data")))
            if given != expected:
                yield f"/series/{number}/data"

    return Rule("each series must have exactly one point for each category", broken)


def no_dispatch_with(kind: str) -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        element = thing.get("element")
        is_kind = isinstance(element, dict) and element.get("type") == kind
        if is_kind and thing.get("dispatch_action"):
            yield "/dispatch_action"

    return Rule(f"`dispatch_action` cannot be used with `{kind}`", broken)


def submit_with_inputs() -> Rule:
    def broken(thing: Json) -> Iterator[str]:
        inputs = any(one.get("type") == "input" for one in dicts(thing.get("blocks")))
        if inputs and not thing.get("submit"):
            yield "/submit"

    return Rule("`submit` is required when there are `input` blocks", broken)


def dicts(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def lists(value: object) -> list[list[Json]]:
    return [one for one in value if isinstance(one, list)] if isinstance(value, list) else []


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]]) if quoted[1:] else quoted[0]
