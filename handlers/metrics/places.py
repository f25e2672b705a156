"""Where a view of numbers is shown: over the modal that it is another page of, on top of any other, or opened."""

from handlers.escalations.raising import show
from handlers.request import Json, Request, has_room_on_top


async def put(request: Request, callback_id: str, view: Json) -> None:
    """In place of the modal that was clicked in, if that shows the same or nothing fits on top of it."""
    here = request.body.get("view") or {}
    is_modal = here.get("type") == "modal"
    if is_modal and (here.get("callback_id") == callback_id or not has_room_on_top(here)):
        await request.client.views_update(view_id=here["id"], view=view)
    else:
        await show(request, view)
