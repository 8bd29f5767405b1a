"""Examples that a question gives, as tests."""
