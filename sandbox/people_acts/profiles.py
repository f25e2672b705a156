"""Who people are: opening the app's Home, changing oneself, somebody new, groups."""

from sandbox import events, groups, quiet, shapes
from sandbox.core import Core
from sandbox.kinds import Json, Person, UserGroup


def open_home(core: Core, me: str, tab: str = "home") -> Json | None:
    """Tell the app that its Home (or its messages) was opened; returns what is shown there now."""
    view = core.views.home(me)
    event = {"type": "app_home_opened", "user": me, "channel": core.app_dm(me).id, "tab": tab}
    events.emit(core, event | ({"view": view} if view and tab == "home" else {}))
    return view


def change(core: Core, person_id: str, **fields: object) -> Person:
    """Set fields of a person: tz, locale, status_text, presence, real_name, deleted and the like."""
    person = core.person(person_id)
    for name, value in fields.items():
        if not hasattr(person, name):
            raise ValueError(f"A person has no {name}.")
        setattr(person, name, value)
    core.workspace.put_person(person)
    event = {"type": "user_change", "user": _told(core, person)}
    events.emit(core, event | {"cache_ts": core.workspace.seconds()})
    return person


def pause(core: Core, person_id: str, until: int) -> None:
    """Pause somebody's notifications until then, in seconds; a moment that has passed ends the pause."""
    person, now = core.person(person_id), core.workspace.seconds()
    is_paused = until > now
    person.dnd_since, person.dnd_until = (now, until) if is_paused else (0, 0)
    _tell_quiet(core, person)


def keep_hours(core: Core, person_id: str, hours: str) -> None:
    """Hours of every day without notifications, as `quiet.hours` writes them; none: at any hour again."""
    person = core.person(person_id)
    person.dnd_hours = hours
    _tell_quiet(core, person)


def _tell_quiet(core: Core, person: Person) -> None:
    core.workspace.put_person(person)
    status = quiet.shown(person, core.workspace.seconds())
    events.emit(core, {"type": "dnd_updated_user", "user": person.id, "dnd_status": status})


def arrive(core: Core, name: str, **details: object) -> Person:
    details = {"email": f"{name}@example.com"} | details
    person = core.workspace.add_person(name, **details)
    events.emit(core, {"type": "team_join", "user": _told(core, person)})
    return person


def change_group(core: Core, handle: str, users: list[str]) -> UserGroup:
    group = next(one for one in core.workspace.usergroups.values() if one.handle == handle)
    groups.fill(core, group, users)
    return group


def _told(core: Core, person: Person) -> Json:
    with_email = core.app.has_scope("users:read.email")
    return shapes.user(core.workspace, person, with_email=with_email, with_locale=True)
