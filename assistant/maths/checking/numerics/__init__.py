"""Numbers for the checks: exact where they can be, certified digits elsewhere, and time."""
