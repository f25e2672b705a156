"""How requests come in: over a socket that Baton opens, or over HTTP; the same handlers behind both."""
