"""Earlier conversations: read, drawn again, branched, thrown away, exported."""
