"""Systems of equations, linear and not, and the unknowns that are wanted of them."""
