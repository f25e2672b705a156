"""How reports look: the form, the numbers in a message, and the sheets of the Excel file."""
