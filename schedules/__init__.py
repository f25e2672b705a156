"""Wakes: loops that fire timers and deliver the outbox. Rows carry everything; these only wake up."""
