"""Grading: submissions in, results out. Only the command line imports it."""

import sys

# jsonschema, which nbformat needs, would compile dozens of grammars at import, for seconds, to
# check addresses of a kind that no notebook holds. It does without where they are missing.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
