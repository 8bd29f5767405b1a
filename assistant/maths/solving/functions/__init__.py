"""Functions of one variable: domain, range, inverse, zeros, symmetry, asymptotes."""
