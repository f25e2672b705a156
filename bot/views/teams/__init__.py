"""How set-up looks: the list that `/baton` opens, the form of a team, and who is admin."""
