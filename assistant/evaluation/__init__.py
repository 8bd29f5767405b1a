"""How well a model answers a set of questions, and whether another does it better."""
