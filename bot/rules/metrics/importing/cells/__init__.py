"""Reading one cell of somebody's export: numbers, lengths of time, days and moments, however they are written."""
