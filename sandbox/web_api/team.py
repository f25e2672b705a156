"""Methods about the app, its connection and its workspace."""

from sandbox.kinds import Json
from sandbox.web_api.call import ApiError, Call, method


@method("api.test", by="none")
async def api_test(call: Call) -> Json:
    error = call.text("error")
    if error:
        raise ApiError(error, args=call.args)
    return {"args": call.args}


@method("auth.test")
async def auth_test(call: Call) -> Json:
    team, app = call.workspace.team, call.core.app
    return {
        "url": f"{call.core.base_url}/",
        "team": team.name,
        "user": call.core.person(app.bot_user_id).name,
        "team_id": team.id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", by="app")
async def apps_connections_open(call: Call) -> Json:
    address = call.core.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}/socket?ticket={call.core.socket_mode.issue_ticket()}"}


@method("team.info", "team:read")
async def team_info(call: Call) -> Json:
    team = call.workspace.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}}


@method("bots.info", "users:read")
async def bots_info(call: Call) -> Json:
    app = call.core.app
    if call.text("bot") not in {"", app.bot_id}:
        raise ApiError("bot_not_found")
    bot = {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user_id, "name": app.name}
    return {"bot": bot | {"deleted": False, "updated": 0, "icons": {}}}


@method("dnd.info", "dnd:read")
async def dnd_info(call: Call) -> Json:
    until = call.user().dnd_until if call.text("user") else 0
    snoozing = until > call.workspace.seconds()
    return {
        "dnd_enabled": snoozing,
        "next_dnd_start_ts": call.workspace.seconds() if snoozing else 1,
        "next_dnd_end_ts": until if snoozing else 1,
        "snooze_enabled": snoozing,
    }
