"""What a line of worked mathematics claims, in formulas and in prose."""
