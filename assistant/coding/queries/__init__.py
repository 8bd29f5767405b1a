"""SQL: rows that a question or a user expects of a query, and whether it gives them."""
