"""The whole table of methods: importing a module fills its part of it."""

from sandbox.web_api import (
    channels,
    chat,
    conversations,
    files,
    people,
    reactions,
    scheduling,
    team,
    views,
)
from sandbox.web_api.call import METHODS

__all__ = [
    "METHODS",
    "channels",
    "chat",
    "conversations",
    "files",
    "people",
    "reactions",
    "scheduling",
    "team",
    "views",
]
