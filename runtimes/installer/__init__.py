"""Setting up the engines: look at the machine, choose a recipe, run it, try the result.

``detect`` gathers facts, ``choose`` makes a recipe of them (a pure function), ``run`` carries it
out with progress, ``diagnosis`` explains a failure, ``trial`` lets the new engine write one
token, and ``carry`` says what to bring to a machine without a network.
"""
