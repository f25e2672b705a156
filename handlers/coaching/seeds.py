"""Seeds from Slack: a note that begins with the cases of somebody, or the word that none is needed."""

from dataclasses import dataclass

from bot.services.coaching import opening, seeds
from bot.views.coaching import form, ids
from bot.views.coaching import seeds as views
from bot.views.coaching.form import Carried
from handlers.coaching.inbox import Inbox
from handlers.coaching.writing import below
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.raising import show
from handlers.request import Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, _known: Words) -> None:
    handlers = Seeds(db)
    router.clicks |= {ids.SEED_WRITE: handlers.write, ids.SEED_DISMISS: handlers.dismiss}


@dataclass(frozen=True, slots=True)
class Seeds:
    db: Database

    async def write(self, request: Request) -> None:
        """The form with these cases, to improve what they have in common. Once it is saved the seed is used."""
        key, _up_to = views.read_value(request.value)
        seen, seed = await opening.open_seed(self.db, request.person, key, now=request.now)
        draft = seeds.drafted(seed, seen.skills, views.topic_name(key.topic, request.t))
        carried = Carried(up_to=seed.up_to.timestamp(), below=below(request))
        await show(request, form.form(seen, draft, request.t, carried))

    async def dismiss(self, request: Request) -> None:
        key, up_to = views.read_value(request.value)
        await seeds.dismiss(self.db, request.person, key, up_to, key=request.key, now=request.now)
        view = request.body["view"]
        await try_to(Inbox(self.db).redraw(request, view["id"], request.metadata))
