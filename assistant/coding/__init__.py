"""Code whose answer was run: the sandbox, and tests whose verdict the code cannot write."""
