"""What a file is, from its headers and cells: what each column is for, and what each line is."""
