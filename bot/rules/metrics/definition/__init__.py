"""What each metric means: the ones that ship, those of a workspace, and what they come to."""
