"""The numbers: how what people upload is read, and what is made of it."""
