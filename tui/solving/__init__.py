"""Work on problems for the solve screen, off its thread."""
