"""One turn of a conversation: route, think, answer, check, repair."""
