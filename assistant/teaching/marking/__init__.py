"""The work of a class, marked against a key: exactly, or left open for a person to look."""
