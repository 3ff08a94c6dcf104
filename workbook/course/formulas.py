"""Hints of an exercise: their number, and their formulas as plain text."""

import re

#: Number of hints of an exercise: a question, the idea, the shape of the answer.
HINTS = 3

# TeX commands that the formulas of a hint may use, and their form in a terminal.
_PLAIN = (
    (r"\\frac\{([^{}]+)\}\{([^{}]+)\}", lambda m: f"({_grouped(m[1])}/{_grouped(m[2])})"),
    (r"([_^])\{([^{}]+)\}", lambda m: m[1] + _grouped(m[2])),
    (r"\\(odot|cdot)(?![A-Za-z])", "*"),
    (r"\\ldots(?![A-Za-z])", "..."),
    (r"\\(log|max|sum|alpha|sigma)(?![A-Za-z])", r"\1"),
    (r"\s*\\,\s*", " "),
)


def plain_formulas(markdown: str) -> str:
    r"""Return a hint as plain text, with the known TeX commands in its formulas replaced.

    ``$dW = \frac{1}{m} dZ A_{prev}^{T}$`` becomes ``dW = (1/m) dZ A_prev^T``.
    """

    def formula(match: re.Match[str]) -> str:
        text = match[1]
        for pattern, replacement in _PLAIN:
            text = re.sub(pattern, replacement, text)
        return text

    return re.sub(r"\$([^$]+)\$", formula, markdown)


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"\w+", text) else f"({text})"
