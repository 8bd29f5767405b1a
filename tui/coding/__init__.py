"""Work on code for the code screen, off its thread."""
