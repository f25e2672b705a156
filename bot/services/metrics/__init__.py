"""The numbers: brought in, kept, added up, told on time, and watched."""
