"""Questions about numbers: divisors, digits, percentages, comparisons, units."""
