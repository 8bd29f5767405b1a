"""LaTeX as a model writes it, drawn for a terminal without being understood as mathematics."""
