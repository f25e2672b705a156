"""Modals, in a stack of at most three per person, and everybody's Home."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox.app import AppUnderTest
from sandbox.block_kit import elements
from sandbox.kinds import Json
from sandbox.workspace import Workspace

MOST = 3
GIVEN = (
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "external_id",
)


class ViewRefused(Exception):
    """`not_found`, `hash_conflict`, `push_limit_reached` or `duplicate_external_id`."""


@dataclass
class Views:
    workspace: Workspace
    app: AppUnderTest
    all: dict[str, Json] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    # What people typed so far: view → block → action → state.
    typed: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, Json] = field(default_factory=dict)

    def load(self) -> None:
        for person, view in self.workspace.store.all("home"):
            self._keep(person, view)
            self.homes[person] = view["id"]

    def stack(self, person: str) -> list[Json]:
        return [self.shown(view_id) for view_id in self.stacks.get(person, [])]

    def home(self, person: str) -> Json | None:
        return self.shown(self.homes[person]) if person in self.homes else None

    def shown(self, view_id: str) -> Json:
        """The view with what stands in its inputs, as payloads and the page have it."""
        view = self.all[view_id]
        values = elements.view_values(view["blocks"], self.typed.get(view_id, {}))
        return view | {"state": {"values": values}}

    def open(self, person: str, view: Json, channel: str = "") -> Json:
        self._check_external_id(view)
        for view_id in self.stacks.pop(person, []):
            self._forget(view_id)
        return self._put_on_top(person, here(view, channel))

    def push(self, person: str, view: Json, channel: str = "") -> Json:
        on_top_of = self.stacks.get(person, [])
        if not on_top_of:
            raise ViewRefused("not_found")
        if len(on_top_of) >= MOST:
            raise ViewRefused("push_limit_reached")
        self._check_external_id(view)
        return self._put_on_top(person, here(view, channel))

    def update(self, view_id: str, view: Json, expected_hash: str = "") -> Json:
        old = self.all.get(view_id)
        if old is None:
            raise ViewRefused("not_found")
        if expected_hash and expected_hash != old["hash"]:
            raise ViewRefused("hash_conflict")
        if view.get("external_id") != old["external_id"]:
            self._check_external_id(view)
        kept = ("id", "root_view_id", "previous_view_id")
        return self._shape(self.owners[view_id], view, {name: old[name] for name in kept})

    def publish(self, person: str, view: Json, expected_hash: str = "") -> Json:
        view_id = self.homes.get(person)
        if view_id is None:
            fresh = self._shape(person, view, self._new_ids(None))
            self.homes[person] = fresh["id"]
        else:
            fresh = self.update(view_id, view, expected_hash)
        self.workspace.store.put("home", person, self.all[fresh["id"]])
        self.workspace.changed("home", frozenset({person}))
        return fresh

    def close(self, person: str, view_id: str, *, clear: bool = False) -> list[Json]:
        """Close a view and what lies on it; returns what was closed, top first.

        All of them with `clear`, and when the view has been replaced in the meantime.
        """
        stack = self.stacks.get(person, [])
        at = 0 if clear or view_id not in stack else stack.index(view_id)
        closed = [self.shown(one) for one in reversed(stack[at:])]
        del stack[at:]
        for view in closed:
            self._forget(view["id"])
        self.workspace.changed("views", frozenset({person}))
        return closed

    def type_in(self, view_id: str, values: Json) -> None:
        for block_id, actions in values.items():
            self.typed.setdefault(view_id, {}).setdefault(block_id, {}).update(actions)

    def show_errors(self, view_id: str, errors: Json) -> None:
        self.errors[view_id] = errors
        self.workspace.changed("views", frozenset({self.owners[view_id]}))

    def with_external_id(self, external_id: str) -> str:
        found = (key for key, view in self.all.items() if view["external_id"] == external_id)
        return next(found, "") if external_id else ""

    def _put_on_top(self, person: str, view: Json) -> Json:
        stack = self.stacks.setdefault(person, [])
        fresh = self._shape(person, view, self._new_ids(stack[-1] if stack else None))
        stack.append(fresh["id"])
        self.workspace.changed("views", frozenset({person}))
        return fresh

    def _new_ids(self, previous: str | None) -> Json:
        view_id = self.workspace.new_id("V")
        root = self.all[previous]["root_view_id"] if previous else view_id
        return {"id": view_id, "root_view_id": root, "previous_view_id": previous}

    def _shape(self, person: str, view: Json, ids: Json) -> Json:
        texts = dict.fromkeys(("private_metadata", "callback_id", "external_id"), "")
        shape: Json = {"title": None, "submit": None, "close": None} | texts
        shape |= with_defaults({name: view[name] for name in GIVEN if view.get(name) is not None})
        shape |= {
            **ids,
            "team_id": self.workspace.team.id,
            "app_id": self.app.id,
            "app_installed_team_id": self.workspace.team.id,
            "bot_id": self.app.bot_id,
            "hash": f"{self.workspace.seconds()}.{secrets.token_hex(4)}",
            "blocks": name_parts(view["blocks"]),
            "clear_on_close": bool(view.get("clear_on_close")),
            "notify_on_close": bool(view.get("notify_on_close")),
        }
        self._keep(person, shape)
        self.workspace.changed("views", frozenset({person}))
        return self.shown(shape["id"])

    def _keep(self, person: str, view: Json) -> None:
        self.all[view["id"]] = view
        self.owners[view["id"]] = person
        self.errors.pop(view["id"], None)

    def _forget(self, view_id: str) -> None:
        for table in (self.all, self.owners, self.typed, self.errors):
            table.pop(view_id, None)

    def _check_external_id(self, view: Json) -> None:
        if self.with_external_id(view.get("external_id") or ""):
            raise ViewRefused("duplicate_external_id")


def here(view: Json, channel: str) -> Json:
    """Selects that start with the current conversation, started with it."""
    if channel:
        for _, element in elements.elements(view["blocks"]):
            if element.get("default_to_current_conversation"):
                key = elements.STATEFUL[element["type"]][1]
                first = [channel] if elements.is_many(element["type"]) else channel
                element.setdefault(key, first)
    return view


def with_defaults(thing: Json) -> Json:
    """Text objects with what Slack writes into them where the app left it open."""
    full = {name: _inside(value) for name, value in thing.items()}
    if full.get("type") == "plain_text":
        full.setdefault("emoji", True)
    elif full.get("type") == "mrkdwn":
        full.setdefault("verbatim", False)
    return full


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return with_defaults(value)
    return [_inside(one) for one in value] if isinstance(value, list) else value


def name_parts(blocks: list[Json]) -> list[Json]:
    """Blocks with the ids that Slack makes up where the app gave none."""
    named = []
    for block in blocks:
        mine = with_defaults(block)
        mine.setdefault("block_id", secrets.token_urlsafe(4))
        kind = block.get("type")
        for key in ("elements", "actions"):
            if kind in {"actions", "context_actions", "card"} and mine.get(key):
                mine[key] = [_named(element) for element in mine[key]]
        for key in ("accessory", "element"):
            if isinstance(mine.get(key), dict):
                mine[key] = _named(mine[key])
        key = elements.nested_in(block)
        if mine.get(key):
            mine[key] = name_parts(mine[key])
        if kind == "data_table":
            mine["rows"] = [[_named_cell(cell) for cell in row] for row in mine["rows"]]
        named.append(mine)
    return named


def _named(element: Json) -> Json:
    if element.get("type") in elements.STATEFUL.keys() | elements.MOMENTARY:
        return {"action_id": secrets.token_urlsafe(4)} | element
    return element


def _named_cell(cell: Json) -> Json:
    return cell | {"element": _named(cell["element"])} if cell["type"] == "action_cell" else cell
