"""Stories of amounts: told, compared, changed and shared out, of which one is asked for."""

from assistant.maths.reading.stories.accounts.reading import read_accounts

__all__ = ["read_accounts"]
