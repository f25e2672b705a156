"""Reactions from Slack that may be thanks."""

from dataclasses import dataclass

from bot.services.kudos import reacting
from bot.services.kudos.reacting import Reaction
from handlers.command import Words
from handlers.request import Json, Request
from handlers.router import Router
from storage.database import Database

ADDED, REMOVED = "reaction_added", "reaction_removed"


def register(router: Router, db: Database, _words: Words) -> None:
    handlers = Reacting(db)
    router.events |= {ADDED: handlers.added, REMOVED: handlers.removed}
    router.worth |= {ADDED: handlers.is_thanks, REMOVED: handlers.is_thanks}


@dataclass(frozen=True, slots=True)
class Reacting:
    db: Database

    async def is_thanks(self, workspace_id: str, event: Json) -> bool:
        return await reacting.is_thanks(self.db, workspace_id, reaction_of(event))

    async def added(self, request: Request) -> None:
        await reacting.added(
            self.db,
            request.person,
            reaction_of(request.body["event"]),
            key=request.key,
            now=request.now,
        )

    async def removed(self, request: Request) -> None:
        await reacting.removed(
            self.db,
            request.person,
            reaction_of(request.body["event"]),
            key=request.key,
            now=request.now,
        )


def reaction_of(event: Json) -> Reaction:
    """Whose message it was Slack does not always say; a skin's tone changes nothing about the thanks."""
    item = event.get("item") or {}
    return Reaction(
        str(event.get("reaction") or "").partition("::")[0],
        str(event.get("item_user") or ""),
        str(item.get("channel") or ""),
        str(item.get("ts") or ""),
    )
