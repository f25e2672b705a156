"""The whole table of methods: importing a module fills its part of it."""

from sandbox.web_api import (
    blocks,
    bookmarks,
    channels,
    chat,
    conversations,
    files,
    people,
    pins,
    presence,
    reactions,
    scheduling,
    team,
    unfurling,
    usergroups,
    views,
)
from sandbox.web_api.call import METHODS

__all__ = [
    "METHODS",
    "blocks",
    "bookmarks",
    "channels",
    "chat",
    "conversations",
    "files",
    "people",
    "pins",
    "presence",
    "reactions",
    "scheduling",
    "team",
    "unfurling",
    "usergroups",
    "views",
]
