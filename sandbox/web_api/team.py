"""Methods about the app, its connection and its workspace."""

from sandbox import installing
from sandbox.kinds import Json
from sandbox.web_api.call import ApiError, Call, invalid, method


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
    if call.text("team") not in {"", team.id}:
        raise ApiError("team_not_found")
    shape = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}
    icon = {"image_default": True} | {f"image_{size}": "" for size in (34, 44, 68, 88, 102, 132)}
    return {"team": shape | {"url": f"{call.core.base_url}/", "icon": icon}}


@method("bots.info", "users:read")
async def bots_info(call: Call) -> Json:
    app = call.core.app
    if call.text("bot") not in {"", app.bot_id}:
        raise ApiError("bot_not_found")
    bot = {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user_id, "name": app.name}
    return {"bot": bot | {"deleted": False, "updated": 0, "icons": {}}}


@method("auth.revoke")
async def auth_revoke(call: Call) -> Json:
    """An app without its last token is uninstalled."""
    if call.flag("test"):
        return {"revoked": False}
    installing.revoke(call.core)
    return {"revoked": True}


@method("team.profile.get", "users.profile:read")
async def team_profile_get(call: Call) -> Json:
    """The fields that a workspace adds to everybody's profile: this one adds none."""
    visible = call.text("visibility")
    if visible not in {"", "all", "visible", "hidden"}:
        raise invalid("visibility must be all, visible or hidden")
    return {"profile": {"fields": [], "sections": []}}
