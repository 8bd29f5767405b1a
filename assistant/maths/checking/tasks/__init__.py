"""Is an answer what was asked for?  A module a kind of question."""
