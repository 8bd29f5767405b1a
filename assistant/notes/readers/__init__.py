"""One reader a kind of file: ``read(body)`` gives a ``Document`` or raises ``Unreadable``."""
