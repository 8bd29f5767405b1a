"""One turn of the chat: run in a thread, and told on the screen."""
