"""Methods about user groups."""

import re

from sandbox import groups, shapes
from sandbox.kinds import Json, UserGroup
from sandbox.web_api.call import ApiError, Call, method

HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


@method("usergroups.list", "usergroups:read")
async def usergroups_list(call: Call) -> Json:
    disabled = call.flag("include_disabled")
    found = [one for one in call.workspace.usergroups.values() if disabled or not one.disabled]
    return {"usergroups": [_shown(call, one) for one in found]}


@method("usergroups.users.list", "usergroups:read")
async def usergroups_users_list(call: Call) -> Json:
    group = _known(call)
    if group.disabled and not call.flag("include_disabled"):
        raise ApiError("no_such_subteam")
    return {"users": group.users}


@method("usergroups.create", "usergroups:write")
async def usergroups_create(call: Call) -> Json:
    name = call.need("name", "missing_subteam_name")
    handle = call.text("handle").removeprefix("@") or re.sub(r"[^a-z0-9]+", "-", name.lower())
    _check_name(call, name)
    _check_handle(call, handle)
    group_id = call.workspace.new_id("S", handle, call.workspace.usergroups)
    group = UserGroup(group_id, handle, name, description=call.text("description"))
    group.channels, group.created_by = _channels(call), call.bot
    groups.create(call.core, group)
    return {"usergroup": _shown(call, group)}


@method("usergroups.update", "usergroups:write")
async def usergroups_update(call: Call) -> Json:
    group = _known(call)
    name, handle = call.text("name") or group.name, call.text("handle").removeprefix("@")
    channels = _channels(call) if "channels" in call.args else group.channels
    if name != group.name:
        _check_name(call, name)
    if handle and handle != group.handle:
        _check_handle(call, handle)
    group.name, group.handle, group.channels = name, handle or group.handle, channels
    group.description = call.text("description", group.description)
    groups.change(call.core, group)
    return {"usergroup": _shown(call, group)}


@method("usergroups.enable", "usergroups:write")
async def usergroups_enable(call: Call) -> Json:
    return _switched(call, on=True)


@method("usergroups.disable", "usergroups:write")
async def usergroups_disable(call: Call) -> Json:
    return _switched(call, on=False)


@method("usergroups.users.update", "usergroups:write")
async def usergroups_users_update(call: Call) -> Json:
    group, users = _known(call), call.listed("users")
    if not users:
        raise ApiError("no_users_provided")
    if any(one not in call.workspace.people for one in users):
        raise ApiError("invalid_users")
    groups.fill(call.core, group, list(dict.fromkeys(users)))
    shape = shapes.usergroup(call.workspace.team.id, group, with_users=True)
    return {"usergroup": shape}


def _switched(call: Call, *, on: bool) -> Json:
    group = _known(call)
    group.disabled = 0 if on else call.workspace.seconds()
    groups.change(call.core, group)
    return {"usergroup": _shown(call, group)}


def _known(call: Call) -> UserGroup:
    group = call.workspace.usergroups.get(call.need("usergroup"))
    if group is None:
        raise ApiError("no_such_subteam")
    return group


def _shown(call: Call, group: UserGroup) -> Json:
    with_users = call.flag("include_users")
    shape = shapes.usergroup(call.workspace.team.id, group, with_users=with_users)
    if not call.flag("include_count"):
        del shape["user_count"]
    return shape


def _check_name(call: Call, name: str) -> None:
    if any(one.name == name for one in call.workspace.usergroups.values()):
        raise ApiError("name_already_exists")


def _check_handle(call: Call, handle: str) -> None:
    """A handle is unique among people, channels and groups."""
    if not HANDLE.fullmatch(handle):
        raise ApiError("bad_handle")
    workspace = call.workspace
    taken = any(one.handle == handle for one in workspace.usergroups.values())
    if taken or workspace.person_named(handle) or workspace.channel_named(handle):
        raise ApiError("handle_already_exists")


def _channels(call: Call) -> list[str]:
    wanted = call.listed("channels")
    if any(one not in call.workspace.channels for one in wanted):
        raise ApiError("invalid_channel_provided")
    return wanted
