"""Does an answer fit its JSON Schema?  Asked again of what a grammar has held already."""

from __future__ import annotations

import json
import re

from runtimes.texts import Text

NOT_JSON = Text(
    "the answer ended before its JSON was complete; allow more with --max-tokens",
    "回答在 JSON 完成之前结束；可用 --max-tokens 增加长度",
)
NO_SCHEMA = Text("the schema is none: {0}", "模式无效：{0}")
MISFIT = Text("the answer does not fit the schema: {0}", "回答不符合模式：{0}")


def misfit(answer: str, schema: str) -> Text | None:
    """What is wrong with an answer as an instance of a schema; ``None`` where it fits.

    ``schema`` is the JSON text that the engine has accepted.  References out of it are not
    followed: nothing is fetched.
    """
    import jsonschema
    from jsonschema.validators import validator_for
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    try:
        value = json.loads(answer, parse_constant=_refused)
    except (ValueError, RecursionError):
        return NOT_JSON
    whole = json.loads(schema)
    validator = validator_for(whole, jsonschema.Draft202012Validator)
    try:
        validator.check_schema(whole)
        wrong = next(iter(validator(whole, registry=Registry()).iter_errors(value)), None)
    except jsonschema.SchemaError as failure:
        return Text(NO_SCHEMA.en, NO_SCHEMA.zh, (failure.message[:200],))
    except re.error as failure:
        return Text(NO_SCHEMA.en, NO_SCHEMA.zh, (str(failure)[:200],))
    except (Unresolvable, RecursionError) as failure:
        return Text(MISFIT.en, MISFIT.zh, (str(failure)[:200],))
    return None if wrong is None else Text(MISFIT.en, MISFIT.zh, (wrong.message[:200],))


def _refused(word: str) -> object:
    """``NaN`` and ``Infinity``, which Python reads and JSON does not have."""
    raise ValueError(word)
