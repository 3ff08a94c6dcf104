"""Hints and questions: how many hints there are, and the formulas of both as plain text."""

import re

#: Number of hints of an exercise: a question, the idea, the shape of the answer.
HINTS = 3

# TeX commands that the formulas of a hint or a question may use, and their form in a terminal.
_PLAIN = (
    (r"\\partial(?![A-Za-z])\s*", "∂"),
    (r"([_^])\{([^{}]+)\}", lambda m: m[1] + _grouped(m[2])),
    (r"\\frac\{([^{}]+)\}\{([^{}]+)\}", lambda m: f"({_grouped(m[1])}/{_grouped(m[2])})"),
    (r"\\(odot|cdot)(?![A-Za-z])", "*"),
    (r"\\times(?![A-Za-z])", "x"),
    (r"\\ldots(?![A-Za-z])", "..."),
    (r"\\(log|max|sum|alpha|sigma)(?![A-Za-z])", r"\1"),
    (r"\s*\\,\s*", " "),
)


def plain_formulas(markdown: str) -> str:
    r"""Return a text as plain text, with the known TeX commands in its formulas replaced.

    ``$dW = \frac{1}{m} dZ A_{prev}^{T}$`` becomes ``dW = (1/m) dZ A_prev^T``.
    """

    def formula(match: re.Match[str]) -> str:
        text = match[1]
        for pattern, replacement in _PLAIN:
            text = re.sub(pattern, replacement, text)
        return text

    return re.sub(r"\$([^$]+)\$", formula, markdown)


def not_plain(markdown: str) -> str:
    """Return what of a text no terminal can show, such as an unknown TeX command; "" if nothing."""
    left = re.search(r"\\\w*|\$|```", plain_formulas(markdown))
    return left[0] if left else ""


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"[\w∂]+", text) else f"({text})"
