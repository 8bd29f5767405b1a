"""The answer in a text that somebody wrote: found and read, without an algebra engine."""
