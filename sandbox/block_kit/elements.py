"""What stands in an element: its initial value, and what a person's choice becomes in `state.values`."""

from collections.abc import Iterator

from sandbox.kinds import Json

# type → (the key in the state, the element's key for the initial value)
STATEFUL: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
# Chosen and forgotten: these are in the action and never in the state.
MOMENTARY = {"button", "overflow", "workflow_button", "icon_button", "feedback_buttons"}

# Blocks that hold other blocks, and where.
NESTED = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}


class NotAnOption(Exception):
    """The element does not offer this value."""


def nested_in(block: Json) -> str:
    """The key under which a block holds other blocks; empty when it holds none."""
    return NESTED.get(str(block.get("type")), "")


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in."""
    for block in blocks:
        for element in _standing_in(block):
            if isinstance(element, dict) and element.get("type") in STATEFUL.keys() | MOMENTARY:
                yield block, element
        yield from elements(block.get(nested_in(block)) or [])


def _standing_in(block: Json) -> list[Json]:
    inside = list(block.get("elements") or ()) + list(block.get("actions") or ())
    inside += [block[key] for key in ("accessory", "element") if block.get(key)]
    if block.get("type") == "data_table":
        cells = [cell for row in block["rows"] for cell in row]
        inside += [cell["element"] for cell in cells if cell.get("type") == "action_cell"]
    return inside


def find(blocks: list[Json], action_id: str, block_id: str = "") -> tuple[Json, Json] | None:
    for block, element in elements(blocks):
        if element.get("action_id") == action_id and block_id in {"", block.get("block_id")}:
            return block, element
    return None


def options(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    grouped = [option for group in groups for option in group["options"]]
    return list(element.get("options") or []) + grouped


def is_many(kind: str) -> bool:
    return kind in STATEFUL and STATEFUL[kind][0].endswith("s")


def initial_state(element: Json) -> Json:
    kind = str(element["type"])
    key, initial = STATEFUL[kind]
    value = element.get(initial) if initial else []
    return {"type": kind, key: value if value is not None or not is_many(kind) else []}


def chosen(element: Json, value: object, known: dict[str, Json]) -> Json:
    """The state after a person gave this value, as the page sends it.

    `known` holds what cannot be read off the element: options an app suggested, and files, by id.
    """
    kind = str(element["type"])
    if kind in MOMENTARY:
        return {"type": kind} | ({} if value is None else _momentary(element, value, known))
    key = STATEFUL[kind][0]
    if key in {"selected_option", "selected_options", "files"}:
        offered = {one["value"]: one for one in options(element)} | known
        if is_many(kind):
            return {"type": kind, key: [_offered(offered, one) for one in _listed(value)]}
        return {"type": kind, key: _offered(offered, value) if value else None}
    if is_many(kind):
        return {"type": kind, key: _listed(value)}
    if kind == "datetimepicker":
        return {"type": kind, key: int(str(value)) if value else None}
    if kind == "rich_text_input" and isinstance(value, str) and value:
        return {"type": kind, key: rich(value)}
    return {"type": kind, key: value or None}


def rich(text: str) -> Json:
    """Plain words as the rich text that Slack's editor makes of them."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def given(state: Json) -> object:
    """What stands in a state, whatever its kind; None, "" or [] when nothing does."""
    return state.get(STATEFUL[state["type"]][0])


def view_values(blocks: list[Json], typed: Json) -> Json:
    """`state.values`: what was typed, and the initial value wherever nothing was."""
    values: Json = {}
    for block, element in elements(blocks):
        if element["type"] in STATEFUL:
            block_id, action_id = block["block_id"], element["action_id"]
            state = typed.get(block_id, {}).get(action_id)
            if state is None or state["type"] != element["type"]:
                state = initial_state(element)
            values.setdefault(block_id, {})[action_id] = state
    return values


def _momentary(element: Json, value: object, known: Json) -> Json:
    offered = {one["value"]: one for one in options(element)} | known
    return {"selected_option": _offered(offered, value)}


def _offered(offered: Json, value: object) -> Json:
    if str(value) not in offered:
        raise NotAnOption(f"There is no choice {value}.")
    return dict(offered[str(value)])


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
