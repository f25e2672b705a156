"""How shifts look: the answer to `/baton shift`, the set-up of a team, its forms, and what people are told."""
