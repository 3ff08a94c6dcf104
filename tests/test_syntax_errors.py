"""What cannot be read is told in words that say where and what to do."""

import pytest

from tests.cells_that_count import NAME
from workbook.course.syntax_errors import in_words, of_plain_parts
from workbook.learn.workspace.notebooks import NotebookError, load_function

SIGNS = {
    "a no-break space": ("Z =\u00a0W", 4, "it only looks like a space; type a space there"),
    "a wide space": ("Z =\u3000W", 4, "it only looks like a space; type a space there"),
    "a space of no width": ("Z = W\u200b", 6, "it cannot be seen; delete it"),
    "a mark of the file's encoding": ("Z = \ufeffW", 5, "it cannot be seen; delete it"),
    "curly quotes": ("Z = \u201cW\u201d", 5, 'type " there'),
    "curly single quotes": ("Z = \u2018W\u2019", 5, "type ' there"),
    "a minus sign": ("Z = \u2212W", 5, "type - there"),
    "a times sign": ("Z = W \u00d7 A", 7, "type * there"),
    "a wide bracket": ("Z = f\uff08W)", 6, "type ( there"),
}


def error_in(text):
    with pytest.raises(SyntaxError) as caught:
        compile(text, "cell", "exec")
    return caught.value


@pytest.mark.parametrize(("text", "place", "said"), SIGNS.values(), ids=SIGNS)
def test_a_sign_that_no_program_has_is_told(text, place, said):
    words = in_words(error_in(text))
    assert words.startswith("invalid ")
    assert f", at place {place} of the line: {said} (text that was copied" in words


@pytest.mark.parametrize("text", ["Z = \u20ac", "Z = (", "Z = W @\x00 A", "a\u0332 = $"])
def test_of_others_nothing_is_made_up(text):
    error = (
        error_in(text) if "\0" not in text else SyntaxError("source code cannot contain null bytes")
    )
    assert "there (" not in in_words(error)


@pytest.mark.parametrize(
    "answer",
    [
        f"def {NAME}(A, W, b):\n\u00a0   return W @ A + b, (A, W, b)",
        f"\ufeffdef {NAME}(A, W, b):\n    return W @ A + b, (A, W, b)",
        f"{NAME} = lambda A, W, b:\u00a0(W @ A + b, (A, W, b))",
    ],
    ids=["a space", "a mark in front", "no def"],
)
def test_the_check_says_which_sign_and_where(answer, tmp_path, write_notebook):
    path = write_notebook(tmp_path / f"03_{NAME}.ipynb", answer)
    with pytest.raises(NotebookError, match=f"the cell that defines {NAME} is not .* at place"):
        load_function(path, NAME)


def test_an_error_of_a_program_has_any_parts():
    class OddError(SyntaxError):
        msg = property(lambda self: 1 / 0)

    for error in (
        SyntaxError(5),
        SyntaxError(),
        SyntaxError("m", (1, "2", b"3", [])),
        OddError("m"),
    ):
        plain = of_plain_parts(error)
        assert plain.msg in ("m", None)
        assert plain.text is plain.lineno is plain.offset is None
    known = of_plain_parts(SyntaxError("m", ("f", 1, 2, "x")))
    assert (known.msg, known.lineno, known.offset, known.text) == ("m", 1, 2, "x")
    # No character has this number.
    assert in_words(SyntaxError(said := "invalid character 'x' (U+FFFFFF)")) == said
