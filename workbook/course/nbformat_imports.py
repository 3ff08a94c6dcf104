"""Makes importing nbformat fast; import this module before nbformat."""

import sys

# jsonschema, which nbformat needs, would compile dozens of grammars at import, for seconds, and
# import what knows the world's calendars, to check addresses and durations of a kind that no
# notebook holds. It does without where they are missing.
for _unused in ("rfc3987_syntax", "rfc3986_validator", "isoduration"):
    sys.modules.setdefault(_unused, None)  # type: ignore[arg-type]
