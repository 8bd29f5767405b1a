"""Problems that name a figure, or a sequence, and give some of its quantities."""
