"""The words after `/standup`: each part of the feature puts in those that it answers."""

from handlers.router import Handler

Words = dict[str, Handler]
