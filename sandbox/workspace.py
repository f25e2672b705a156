"""The state of the workspace: who and what is in it, kept in memory and written through to a file."""

import dataclasses
import re
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from sandbox.clock import Clock, SystemClock
from sandbox.kinds import (
    Change,
    Channel,
    ChannelKind,
    File,
    Json,
    Person,
    Team,
    UserGroup,
)
from sandbox.log import Log, Seen
from sandbox.store import Store
from sandbox.timeline import Timeline

COLORS = ("4a154b", "1264a3", "007a5a", "b5179e", "c2410c", "0e7490", "6d28d9", "a16207")


class Workspace:
    def __init__(
        self, path: Path | None = None, clock: Clock | None = None, team: Team | None = None
    ) -> None:
        self.clock = clock or SystemClock()
        self.store = Store(path)
        self.team = team or Team()
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.files: dict[str, File] = {}
        self.timelines: dict[str, Timeline] = {}
        self.ephemerals: dict[
            tuple[str, str], dict[str, Json]
        ] = {}  # (person, channel) → ts → message
        self.read_marks: dict[tuple[str, str], str] = {}
        self.secrets: Json = {}
        self.log = Log()
        self.listeners: list[Callable[[Change], None]] = []
        self._last_ts = 0
        self._directs: dict[frozenset[str], str] = {}
        self._guests: set[str] = set()
        self._load()

    # ids and times

    def next_ts(self) -> str:
        """Unique, and later than every ts before, as in Slack: it is a message's id."""
        micros = int(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000:010d}.{self._last_ts % 1_000_000:06d}"

    def seconds(self) -> int:
        return int(self.clock.now().timestamp())

    def new_id(self, prefix: str, name: str = "", taken: Iterable[str] = ()) -> str:
        """An id that looks like Slack's; with a name it can be read: `U0ALICE`."""
        readable = re.sub("[^A-Z0-9]", "", name.upper())[:16]
        wanted = f"{prefix}0{readable}"
        if readable and wanted not in taken:
            return wanted
        return f"{prefix}0{secrets.token_hex(5).upper()}"

    def secret(self, name: str, make: Callable[[], str]) -> str:
        """A token that is made once and stays the same over restarts."""
        if name not in self.secrets:
            self.secrets[name] = make()
            self.store.put("meta", "secrets", self.secrets)
        return str(self.secrets[name])

    # people and groups

    def put_person(self, person: Person) -> Person:
        person.updated = self.seconds()
        self.people[person.id] = person
        (self._guests.add if person.is_restricted else self._guests.discard)(person.id)
        self.store.put("person", person.id, dataclasses.asdict(person))
        self.changed("people", None)
        return person

    def add_person(self, name: str, **details: object) -> Person:
        color = COLORS[len(self.people) % len(COLORS)]
        person_id = self.new_id("U", name, self.people)
        fields: Json = {"real_name": name.capitalize(), "color": color} | details
        return self.put_person(Person(id=person_id, name=name, **fields))

    def person_named(self, name: str) -> Person | None:
        wanted = name.removeprefix("@")
        return next((p for p in self.people.values() if p.name == wanted), None)

    def put_usergroup(self, group: UserGroup) -> UserGroup:
        group.updated = self.seconds()
        group.created = group.created or group.updated
        self.usergroups[group.id] = group
        self.store.put("usergroup", group.id, dataclasses.asdict(group))
        return group

    # conversations

    def put_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self.timelines.setdefault(channel.id, Timeline())
        if channel.is_direct:
            self._directs[frozenset(channel.members)] = channel.id
        self.store.put("channel", channel.id, dataclasses.asdict(channel))
        self.changed("conversations", None)
        return channel

    def add_channel(
        self,
        name: str,
        kind: ChannelKind = "channel",
        members: Iterable[str] = (),
        creator: str = "",
    ) -> Channel:
        channel_id = self.new_id("D" if kind == "im" else "C", name, self.channels)
        fresh = Channel(
            channel_id, name, kind, list(dict.fromkeys(members)), creator, self.seconds()
        )
        return self.put_channel(fresh)

    def channel_named(self, name: str) -> Channel | None:
        wanted = name.removeprefix("#")
        named = (c for c in self.channels.values() if c.name == wanted and not c.is_direct)
        return next(named, None)

    def direct(self, *people: str) -> Channel:
        """The conversation between exactly these people, opened when there is none yet."""
        wanted = frozenset(people)
        kind: ChannelKind = "im" if len(people) <= 2 else "mpim"
        known = self._directs.get(wanted)
        if known is not None:
            return self.channels[known]
        names = "-".join(self.people[one].name for one in people)
        return self.add_channel(
            f"mpdm-{names}" if kind == "mpim" else names, kind, people, people[0]
        )

    def may_see(self, person: str, channel: Channel) -> bool:
        """Members may; public channels are open to everybody but guests."""
        if person in channel.members:
            return True
        known = self.people.get(person)
        return channel.kind == "channel" and known is not None and not known.is_restricted

    def audience(self, channel: Channel) -> frozenset[str] | None:
        if channel.kind != "channel":
            return frozenset(channel.members)
        if not self._guests:
            return None
        return frozenset(one for one in self.people if self.may_see(one, channel))

    def mark_read(self, person: str, channel: str, ts: str) -> None:
        if ts > self.read_marks.get((person, channel), ""):
            self.read_marks[person, channel] = ts
            self.store.put("read", f"{person}/{channel}", {"ts": ts})
            self.changed("conversations", frozenset({person}))

    # being told

    def changed(self, kind: str, audience: frozenset[str] | None, **body: object) -> None:
        change = Change(kind, audience, body)
        for listener in list(self.listeners):
            listener(change)

    def note(self, seen: Seen) -> None:
        self.changed("log", frozenset(), entry=self.log.add(seen))

    def close(self) -> None:
        self.store.close()

    def _load(self) -> None:
        self.people = {key: Person(**body) for key, body in self.store.all("person")}
        self._guests = {key for key, one in self.people.items() if one.is_restricted}
        self.channels = {key: Channel(**body) for key, body in self.store.all("channel")}
        self.usergroups = {key: UserGroup(**body) for key, body in self.store.all("usergroup")}
        self.files = {key: File(**body) for key, body in self.store.all("file")}
        self.timelines = {channel: Timeline() for channel in self.channels}
        directs = [one for one in self.channels.values() if one.is_direct]
        self._directs = {frozenset(one.members): one.id for one in directs}
        for key, message in self.store.all("message"):
            self.timelines[key.partition("/")[0]].put(message)
            self._last_ts = max(self._last_ts, int(message["ts"].replace(".", "")))
        for key, mark in self.store.all("read"):
            person, _, channel = key.partition("/")
            self.read_marks[person, channel] = mark["ts"]
        self.secrets = dict(self.store.all("meta")).get("secrets", {})
