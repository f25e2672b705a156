"""Files with numbers from Slack: dropped into the conversation with Baton or sent by the form, and what is clicked on their cards."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from bot.errors import Refused
from bot.services.metrics.importing import bringing, deciding, ending, seen
from bot.services.metrics.importing.bringing import Dropped
from bot.services.metrics.importing.deciding import Corrections
from bot.views.metrics import ids
from bot.views.metrics.importing import columns, listing, told
from bot.views.metrics.importing.seen import Seen
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.looking import show
from handlers.request import Json, Reply, Request
from handlers.router import Handler, Router
from storage.database import Database

MESSAGE = "message.im"
SHARED = "file_share"
TABLES = frozenset({"csv", "tsv", "txt", "text", "xlsx", "xlsm", "xls", "xlsb", "ods", "numbers"})
"""Endings that somebody means as a table: also of kinds that Baton can only refuse, kindly."""


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Importing(db, router.events.get(MESSAGE))
    words["import"] = handlers.open
    router.clicks |= {
        ids.IMPORT_OPEN: handlers.open_by_click,
        ids.IMPORT_START: handlers.start,
        ids.IMPORT_CHANGE: handlers.change,
        ids.IMPORT_PAGE: handlers.turn_page,
        ids.IMPORT_CANCEL: handlers.cancel,
        ids.IMPORT_ANSWER: handlers.answer,
        ids.IMPORT_TEAM: handlers.choose_team,
        ids.IMPORT_GOOD: handlers.take_good,
        ids.IMPORT_UNDO: handlers.undo,
    }
    router.submissions |= {ids.IMPORT_FORM: handlers.send, ids.IMPORT_COLUMNS: handlers.correct}
    router.events[MESSAGE] = handlers.hear


@dataclass(frozen=True, slots=True)
class Importing:
    """`otherwise` hears messages without a file that is meant as a table."""

    db: Database
    otherwise: Handler | None

    async def hear(self, request: Request) -> None:
        """What a person drops into their own conversation with Baton. What else is said there is for others."""
        event = request.body["event"]
        files = _files(event)
        tables = [one for one in files if _is_table(one)]
        if tables:
            await self._bring(request, tables)
        elif files and not str(event.get("text") or "").strip() and not event.get("thread_ts"):
            await bringing.say_no_table(self.db, request.person, key=request.key, now=request.now)
        elif self.otherwise is not None:
            await self.otherwise(request)

    async def open(self, request: Request) -> None:
        """`/metrics import`."""
        await self._open(request, "")

    async def open_by_click(self, request: Request) -> None:
        await self._open(request, request.value)

    async def _open(self, request: Request, team_id: str) -> None:
        listed = await seen.see_list(self.db, request.person)
        await show(request, listing.form(listed, request.t, team_id))

    async def send(self, request: Request) -> Reply:
        """The form's files."""
        held = request.fields
        files = [_dropped(one) for one in held.get(listing.FILES) or []]
        team_id = str(held.get(listing.TEAM) or "")
        await bringing.bring(
            self.db, request.person, files, team_id=team_id, key=request.key, now=request.now
        )
        return Reply(response_action="update", view=told.coming(len(files), request.t))

    async def start(self, request: Request) -> None:
        await deciding.start(
            self.db, request.person, request.value, key=request.key, now=request.now
        )

    async def change(self, request: Request) -> None:
        found = await deciding.open_form(self.db, request.person, request.value)
        await show(request, columns.form(found, 0, request.t, now=request.now))

    async def turn_page(self, request: Request) -> None:
        """What was chosen so far is kept."""
        import_id, _page = columns.place_of(request.metadata)
        _import_id, page = columns.place_of(request.value)
        found = await self._correct(request, import_id)
        view = columns.form(found, page, request.t, now=request.now)
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def correct(self, request: Request) -> None:
        import_id, _page = columns.place_of(request.metadata)
        await self._correct(request, import_id)

    async def answer(self, request: Request) -> None:
        action = request.body["actions"][0]
        _ask, import_id, question = str(action["block_id"]).split(":", 2)
        await deciding.answer(
            self.db,
            request.person,
            import_id,
            question,
            request.value,
            key=request.key,
            now=request.now,
        )

    async def choose_team(self, request: Request) -> None:
        _team, _colon, import_id = str(request.body["actions"][0]["block_id"]).partition(":")
        await deciding.choose_team(
            self.db, request.person, import_id, request.value, key=request.key, now=request.now
        )

    async def take_good(self, request: Request) -> None:
        await ending.take_good(
            self.db, request.person, request.value, key=request.key, now=request.now
        )

    async def cancel(self, request: Request) -> None:
        await ending.cancel(
            self.db, request.person, request.value, key=request.key, now=request.now
        )

    async def undo(self, request: Request) -> None:
        """On the card, or in the list, which is drawn anew."""
        await ending.undo(self.db, request.person, request.value, key=request.key, now=request.now)
        view = request.body.get("view") or {}
        if view.get("callback_id") == ids.IMPORT_FORM:
            await try_to(self._redraw(request, view["id"]))

    async def _redraw(self, request: Request, view_id: str) -> None:
        listed = await seen.see_list(self.db, request.person)
        await request.client.views_update(view_id=view_id, view=listing.form(listed, request.t))

    async def _bring(self, request: Request, files: list[Json]) -> None:
        """Who may not is told so, in the same conversation."""
        person, key, now = request.person, request.key, request.now
        dropped = [_dropped(one) for one in files]
        try:
            await bringing.bring(self.db, person, dropped, key=key, now=now)
        except Refused as refused:
            await bringing.say_no(self.db, person, refused, key=key, now=now)

    async def _correct(self, request: Request, import_id: str) -> Seen:
        before = await deciding.open_form(self.db, request.person, import_id)
        assert before.decided is not None
        held, mapping = request.fields, before.decided.mapping
        wanted = Corrections(
            columns.uses_in(held, mapping.headers),
            columns.styles_in(held, mapping.columns),
            zone=str(held.get("zone") or ""),
            belongs=columns.belongs_in(held),
            team_id=str(held.get("team") or ""),
            sheet=str(held.get("sheet") or ""),
            day=date.fromisoformat(held["day"]) if held.get("day") else None,
        )
        return await deciding.correct(
            self.db, request.person, import_id, wanted, key=request.key, now=request.now
        )


def _files(event: Json) -> list[Json]:
    """What a person shared. What apps share, Baton among them, is nobody's export."""
    if event.get("bot_id") or str(event.get("subtype") or "") != SHARED:
        return []
    return [one for one in event.get("files") or [] if one.get("id")]


def _is_table(file: Json) -> bool:
    ending = PurePath(str(file.get("name") or "")).suffix.lower().lstrip(".")
    return ending in TABLES or str(file.get("filetype") or "").lower() in TABLES


def _dropped(file: Json) -> Dropped:
    return Dropped(str(file["id"]), str(file.get("name") or file.get("title") or ""))
