"""Baton decides and draws here: rules, views, services, and the one place that joins all."""
