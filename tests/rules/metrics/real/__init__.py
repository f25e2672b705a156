"""Real exports, beside the project and not in it: what is read of them equals what others computed."""
