"""A diff reviewed: facts about what it changes, and what a model's remarks on it point at."""
