"""How Slack shows things in its answers and events: users, conversations, groups, files."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.kinds import Channel, File, Json, Person, UserGroup
from sandbox.workspace import Workspace


def user(
    workspace: Workspace, person: Person, *, with_email: bool = False, with_locale: bool = False
) -> Json:
    offset = datetime.fromtimestamp(workspace.seconds(), ZoneInfo(person.tz)).utcoffset()
    shape: Json = {
        "id": person.id,
        "team_id": workspace.team.id,
        "name": person.name,
        "deleted": person.deleted,
        "color": person.color,
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": _profile(workspace, person, with_email=with_email),
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": person.is_owner,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    return shape | ({"locale": person.locale} if with_locale else {})


def _profile(workspace: Workspace, person: Person, *, with_email: bool) -> Json:
    shown = person.display_name or person.name
    first, _, last = person.real_name.partition(" ")
    profile: Json = {
        "title": person.title,
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": shown,
        "display_name_normalized": shown,
        "first_name": first,
        "last_name": last,
        "status_text": person.status_text,
        "status_emoji": person.status_emoji,
        "status_expiration": person.status_expiration,
        "team": workspace.team.id,
    }
    if with_email and person.email:
        profile["email"] = person.email
    return profile | ({"bot_id": person.bot_id} if person.is_bot else {})


def channel(workspace: Workspace, one: Channel, viewer: str) -> Json:
    shape: Json = {
        "id": one.id,
        "created": one.created,
        "updated": one.created * 1000,
        "is_im": one.kind == "im",
        "is_mpim": one.kind == "mpim",
        "is_private": one.kind != "channel",
        "is_archived": one.is_archived,
        "is_org_shared": False,
        "context_team_id": workspace.team.id,
    }
    if one.kind == "im":
        other = next((member for member in one.members if member != viewer), viewer)
        gone = other in workspace.people and workspace.people[other].deleted
        return shape | {
            "user": other,
            "is_user_deleted": gone,
            "is_open": one.is_open,
            "priority": 0,
        }
    return shape | {
        "name": one.name,
        "name_normalized": one.name,
        "is_channel": one.kind == "channel",
        "is_group": one.kind == "private",
        "is_general": one.name == "general",
        "is_member": viewer in one.members,
        "is_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": [workspace.team.id],
        "parent_conversation": None,
        "unlinked": 0,
        "creator": one.creator,
        "topic": _described(one.topic, one.topic_by, one.topic_at),
        "purpose": _described(one.purpose, one.purpose_by, one.purpose_at),
        "previous_names": one.previous_names,
        "num_members": len(one.members),
    }


def _described(words: str, by: str, at: int) -> Json:
    return {"value": words, "creator": by, "last_set": at}


def permalink(base_url: str, channel_id: str, message: Json) -> str:
    ts = str(message["ts"])
    address = f"{base_url}/archives/{channel_id}/p{ts.replace('.', '')}"
    parent = message.get("thread_ts", ts)
    return address if parent == ts else f"{address}?thread_ts={parent}&cid={channel_id}"


def usergroup(team: str, group: UserGroup, *, with_users: bool = False) -> Json:
    shape: Json = {
        "id": group.id,
        "team_id": team,
        "is_usergroup": True,
        "is_subteam": True,
        "is_external": False,
        "name": group.name,
        "handle": group.handle,
        "description": group.description,
        "date_create": group.created,
        "date_update": group.updated,
        "date_delete": group.disabled,
        "auto_type": None,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": group.created_by,
        "updated_by": group.created_by,
        "deleted_by": None,
        "user_count": len(group.users),
        "channel_count": len(group.channels),
        "prefs": {"channels": group.channels, "groups": []},
    }
    return shape | ({"users": group.users} if with_users else {})


def file(base_url: str, one: File) -> Json:
    address = f"{base_url}/files/{one.id}/{one.name}"
    extension = one.name.rpartition(".")[2].lower()
    return {
        "id": one.id,
        "created": one.created,
        "timestamp": one.created,
        "name": one.name,
        "title": one.title or one.name,
        "mimetype": one.mimetype,
        "filetype": extension,
        "pretty_type": extension.upper(),
        "user": one.user,
        "size": one.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        "channels": [channel for channel in one.channels if channel.startswith("C")],
        "groups": [],
        "ims": [channel for channel in one.channels if channel.startswith("D")],
        "alt_txt": one.alt_txt,
    }
