"""Methods about people."""

from sandbox import shapes
from sandbox.kinds import Json, Person
from sandbox.web_api.call import ApiError, Call, method, page


def shown(call: Call, person: Person) -> Json:
    with_email = call.core.app.has_scope("users:read.email")
    with_locale = call.flag("include_locale")
    return shapes.user(call.workspace, person, with_email=with_email, with_locale=with_locale)


@method("users.info", "users:read")
async def users_info(call: Call) -> Json:
    return {"user": shown(call, call.user())}


@method("users.list", "users:read")
async def users_list(call: Call) -> Json:
    people, further = page(call, list(call.workspace.people.values()), default=1000)
    members = [shown(call, person) for person in people]
    return {"members": members, "cache_ts": call.workspace.seconds(), "response_metadata": further}


@method("users.lookupByEmail", "users:read.email")
async def users_lookup_by_email(call: Call) -> Json:
    wanted = call.need("email").lower()
    for person in call.workspace.people.values():
        if person.email.lower() == wanted and not person.deleted:
            return {"user": shown(call, person)}
    raise ApiError("users_not_found")


@method("users.profile.get", "users.profile:read")
async def users_profile_get(call: Call) -> Json:
    person = call.user() if call.text("user") else call.core.person(call.bot)
    return {"profile": shown(call, person)["profile"]}
