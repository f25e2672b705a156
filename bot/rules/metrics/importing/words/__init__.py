"""The words of other people's exports: what their headers and their cells say."""
