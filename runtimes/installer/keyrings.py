"""Where the system keeps secrets; none is ever read here."""

from __future__ import annotations


def keyring_name() -> str:
    """The name of the system's keyring; empty where there is none."""
    import keyring

    try:
        backend = keyring.get_keyring()
        return str(backend.name) if backend.priority > 0 else ""
    except Exception:  # noqa: BLE001 - it may be set up for one that is not installed here
        return ""
