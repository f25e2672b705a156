"""What a number says beside others: its target, the days before, what could be chance, and charts."""
