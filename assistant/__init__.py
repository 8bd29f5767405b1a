"""An offline tutor whose every step is checked."""

__version__ = "0.1.0"
