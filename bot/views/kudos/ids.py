"""Ids of everything that kudos draw."""

COMMAND = "/kudos"

# what is told of thanks
DIGEST = "kudos_digest"
"""The weekly digest, a card in the team's channel. Its subject says whose thanks of which time."""
WALL = "kudos_wall"
"""The wall of a month, likewise."""
ANNIVERSARY = "kudos_anniversary"
"""A card in the team's channel. Its subject is `<team>|<person>|<day>`."""
ALL = "kudos_all"
"""All thanks of a digest or a wall: the button, its pages, and the modal."""
TEAM = "kudos_team"
"""What those who lead see: the modal, its pages, and the choice of another team."""
