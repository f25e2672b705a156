"""Methods about who is there and who does not want to be disturbed."""

from sandbox import quiet
from sandbox.kinds import Json
from sandbox.web_api.call import ApiError, Call, method

MOST_AT_ONCE = 50


@method("users.getPresence", "users:read")
async def users_get_presence(call: Call) -> Json:
    person = call.user() if call.text("user") else call.core.person(call.bot)
    return {"presence": person.presence}


@method("users.setPresence", "users:write")
async def users_set_presence(call: Call) -> Json:
    wanted = call.need("presence")
    if wanted not in {"auto", "away"}:
        raise ApiError("invalid_presence")
    bot = call.core.person(call.bot)
    bot.presence = "away" if wanted == "away" else "active"
    call.workspace.put_person(bot)
    return {}


@method("dnd.info", "dnd:read")
async def dnd_info(call: Call) -> Json:
    person = call.user() if call.text("user") else call.core.person(call.bot)
    shape = quiet.shown(person, call.workspace.seconds())
    if person.id != call.bot:  # "snooze properties are only visible to the person themselves"
        return shape
    left = max(0, person.dnd_until - call.workspace.seconds())
    shape["snooze_enabled"] = left > 0
    return shape | (
        {"snooze_endtime": person.dnd_until, "snooze_remaining": left} if left > 0 else {}
    )


@method("dnd.teamInfo", "dnd:read")
async def dnd_team_info(call: Call) -> Json:
    wanted = call.listed("users")
    if not wanted:
        raise ApiError("no_users_provided")
    if len(wanted) > MOST_AT_ONCE:
        raise ApiError("too_many_users")
    now = call.workspace.seconds()
    known = [call.workspace.people[one] for one in wanted if one in call.workspace.people]
    return {"users": {one.id: quiet.shown(one, now) for one in known}}
