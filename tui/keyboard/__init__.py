"""Keys and pastes: what each does, and how it is spelled."""
