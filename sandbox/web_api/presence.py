"""Methods about who is there and who does not want to be disturbed."""

from sandbox.kinds import Json, Person
from sandbox.web_api.call import ApiError, Call, method

MOST_AT_ONCE = 50
# What Slack gives for a moment that will not come.
NEVER = 1


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
    shape = _do_not_disturb(call, person)
    snoozing = bool(shape["dnd_enabled"])
    shape["snooze_enabled"] = snoozing
    if snoozing:
        shape["snooze_endtime"] = person.dnd_until
        shape["snooze_remaining"] = person.dnd_until - call.workspace.seconds()
    return shape


@method("dnd.teamInfo", "dnd:read")
async def dnd_team_info(call: Call) -> Json:
    wanted = call.listed("users")
    if not wanted:
        raise ApiError("no_users_provided")
    if len(wanted) > MOST_AT_ONCE:
        raise ApiError("too_many_users")
    known = [call.workspace.people[one] for one in wanted if one in call.workspace.people]
    return {"users": {one.id: _do_not_disturb(call, one) for one in known}}


def _do_not_disturb(call: Call, person: Person) -> Json:
    now = call.workspace.seconds()
    snoozing = person.dnd_until > now
    return {
        "dnd_enabled": snoozing,
        "next_dnd_start_ts": now if snoozing else NEVER,
        "next_dnd_end_ts": person.dnd_until if snoozing else NEVER,
    }
