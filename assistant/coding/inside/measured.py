"""Starts ``grower`` where the code finds the same modules loaded as where it is tested.

Code that saw another would know that it is measured, and could behave otherwise.
"""

from __future__ import annotations

import sys

from assistant.coding.inside import subject


def main() -> None:
    """Serve the file that is named as the only argument, until the other side has gone."""
    known = {*sys.modules} - {__name__}
    from assistant.coding.inside.grower import serve

    sys.orig_argv = [word.replace("measured", "subject") for word in sys.orig_argv]
    for name in {*sys.modules} - known:
        package, _, word = name.rpartition(".")
        if package in sys.modules:
            vars(sys.modules[package]).pop(word, None)
        del sys.modules[name]
    assert subject.__name__ in sys.modules
    serve(sys.argv[1])
