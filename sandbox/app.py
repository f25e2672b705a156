"""The app under test as Slack knows it: what its manifest declares, its tokens and its address."""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.kinds import Json, Person
from sandbox.workspace import Workspace

# What an app may do when nobody gave a manifest: everything that the sandbox knows.
EVERYTHING: Json = {
    "display_information": {"name": "App"},
    "features": {"bot_user": {"display_name": "App"}},
    "oauth_config": {"scopes": {"bot": ["*"]}},
    "settings": {"event_subscriptions": {"bot_events": ["*"]}},
}


@dataclass
class AppUnderTest:
    id: str
    name: str
    bot_user_id: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    commands: dict[str, Json] = field(default_factory=dict)
    shortcuts: dict[str, Json] = field(default_factory=dict)
    bot_events: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    has_home_tab: bool = True
    has_messages_tab: bool = True
    is_installed: bool = True
    # True once the app gave its bot token back.
    is_token_revoked: bool = False
    unfurl_domains: tuple[str, ...] = ()
    # With an address things are delivered over signed HTTP, without one over Socket Mode.
    request_url: str | None = None

    def listens_to(self, event: str) -> bool:
        return event in self.bot_events or "*" in self.bot_events

    def has_scope(self, *any_of: str) -> bool:
        return not any_of or "*" in self.scopes or not self.scopes.isdisjoint(any_of)


def read_manifest(source: Path | Json | None) -> Json:
    if source is None:
        return EVERYTHING
    if isinstance(source, Path):
        return dict(json.loads(source.read_text(encoding="utf-8")))
    return source


def install(workspace: Workspace, manifest: Json, request_url: str | None = None) -> AppUnderTest:
    """Install the app, as "Add to Slack" does: its bot becomes one of the people."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    shown = features.get("bot_user", {}).get("display_name", "")
    name = shown or manifest["display_information"]["name"]
    bot = _bot(workspace, name)
    subscriptions = settings.get("event_subscriptions", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    return AppUnderTest(
        id=f"A0{bot.id[2:]}",
        name=manifest["display_information"]["name"],
        bot_user_id=bot.id,
        bot_id=bot.bot_id,
        bot_token=workspace.secret("bot_token", lambda: f"xoxb-{secrets.token_hex(16)}"),
        app_token=workspace.secret("app_token", lambda: f"xapp-1-{secrets.token_hex(16)}"),
        signing_secret=workspace.secret("signing_secret", lambda: secrets.token_hex(16)),
        commands={one["command"]: one for one in features.get("slash_commands", [])},
        shortcuts={one["callback_id"]: one for one in features.get("shortcuts", [])},
        bot_events=frozenset(subscriptions.get("bot_events", [])),
        scopes=frozenset(scopes.get("bot", []) + scopes.get("bot_optional", [])),
        unfurl_domains=tuple(features.get("unfurl_domains", [])),
        has_home_tab=features.get("app_home", {}).get("home_tab_enabled", True),
        has_messages_tab=features.get("app_home", {}).get("messages_tab_enabled", True),
        request_url=request_url,
    )


def _bot(workspace: Workspace, name: str) -> Person:
    handle = name.lower().replace(" ", "-")
    known = next((one for one in workspace.people.values() if one.is_bot), None)
    if known is None:
        known = workspace.add_person(handle, real_name=name, is_bot=True, color="2eb67d")
        known.bot_id = f"B0{known.id[2:]}"
    known.name, known.real_name = handle, name
    return workspace.put_person(known)
