"""Facts brought into the store, days rolled up, and numbers read."""
