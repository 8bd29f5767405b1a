"""Teaching: a lesson in which the student writes the lines and help comes only when asked for."""
