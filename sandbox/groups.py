"""What becomes of user groups: made, changed, filled, switched off; by people and by the app alike."""

from sandbox import events, shapes
from sandbox.core import Core
from sandbox.kinds import Json, UserGroup


def create(core: Core, group: UserGroup) -> None:
    core.workspace.put_usergroup(group)
    _tell(core, group, "subteam_created")


def change(core: Core, group: UserGroup) -> None:
    core.workspace.put_usergroup(group)
    _tell(core, group, "subteam_updated")


def fill(core: Core, group: UserGroup, users: list[str]) -> None:
    before, group.users = group.users, users
    since = group.updated
    core.workspace.put_usergroup(group)
    members: Json = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": core.workspace.team.id,
        "date_previous_update": since,
        "date_update": group.updated,
        "added_users": [one for one in users if one not in before],
        "removed_users": [one for one in before if one not in users],
    }
    members |= {f"{one}_count": len(members[one]) for one in ("added_users", "removed_users")}
    events.emit(core, members)
    _tell(core, group, "subteam_updated")


def _tell(core: Core, group: UserGroup, kind: str) -> None:
    shape = shapes.usergroup(core.workspace.team.id, group, with_users=True)
    events.emit(core, {"type": kind, "subteam": shape})
