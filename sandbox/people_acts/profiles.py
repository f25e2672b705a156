"""Who people are: opening the app's Home, changing oneself, somebody new, groups."""

from sandbox import events, groups, shapes
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
