"""Declaring who and what a workspace starts with. Sown again after a restart, it adds what is missing."""

from dataclasses import dataclass
from typing import Literal

from sandbox.kinds import Channel, Person, Team, UserGroup
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Cast:
    """A person of the seed. The id follows from the name: alice is `U0ALICE`."""

    name: str
    real_name: str = ""
    email: str = ""
    title: str = ""
    tz: str = "Europe/London"
    locale: str = "en-GB"
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    presence: Literal["active", "away"] = "active"


@dataclass(frozen=True)
class ChannelSeed:
    """A channel of the seed: members by name. `has_app` says whether the app was invited into it."""

    name: str
    members: tuple[str, ...] = ()
    private: bool = False
    has_app: bool = False
    topic: str = ""


@dataclass(frozen=True)
class GroupSeed:
    handle: str
    members: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class WorkspaceSeed:
    people: tuple[Cast, ...] = ()
    channels: tuple[ChannelSeed, ...] = ()
    usergroups: tuple[GroupSeed, ...] = ()
    team_id: str = "T0LOCAL"
    team_name: str = "Local workspace"
    domain: str = "local"

    @property
    def team(self) -> Team:
        return Team(self.team_id, self.team_name, self.domain)


def sow(workspace: Workspace, seed: WorkspaceSeed, app_user: str) -> None:
    for cast in seed.people:
        if workspace.person_named(cast.name) is None:
            _add_person(workspace, cast)
    for wanted in seed.channels:
        if workspace.channel_named(wanted.name) is None:
            _add_channel(workspace, wanted, app_user)
    known = {group.handle for group in workspace.usergroups.values()}
    for group in seed.usergroups:
        if group.handle not in known:
            _add_group(workspace, group)


def _add_person(workspace: Workspace, cast: Cast) -> Person:
    return workspace.add_person(
        cast.name,
        real_name=cast.real_name or cast.name.capitalize(),
        email=cast.email or f"{cast.name}@example.com",
        title=cast.title,
        tz=cast.tz,
        locale=cast.locale,
        is_admin=cast.is_admin or cast.is_owner,
        is_owner=cast.is_owner,
        is_restricted=cast.is_restricted,
        presence=cast.presence,
    )


def _add_channel(workspace: Workspace, wanted: ChannelSeed, app_user: str) -> Channel:
    members = [_id_of(workspace, name) for name in wanted.members]
    creator = members[0] if members else ""
    if wanted.has_app:
        members.append(app_user)
    kind: Literal["private", "channel"] = "private" if wanted.private else "channel"
    channel = workspace.add_channel(wanted.name, kind, members, creator)
    channel.topic = wanted.topic
    return workspace.put_channel(channel)


def _add_group(workspace: Workspace, group: GroupSeed) -> UserGroup:
    group_id = workspace.new_id("S", group.handle, workspace.usergroups)
    users = [_id_of(workspace, name) for name in group.members]
    fresh = UserGroup(group_id, group.handle, group.name or group.handle.capitalize(), users)
    return workspace.put_usergroup(fresh)


def _id_of(workspace: Workspace, name: str) -> str:
    person = workspace.person_named(name)
    if person is None:
        raise ValueError(f"The seed names {name}, whom it does not declare.")
    return person.id
