"""Makes a student's Markdown harmless: nothing in it runs, loads or misleads."""

import re

# Far more than real work holds; to show more would take longer than to judge it.
_MOST_TEXT = 10_000

# Markup that becomes HTML, fetches a picture, links to anything but a web page, or runs a TeX
# command that does more than typeset, or that makes such a command of its letters. An invisible
# space after its first character disables it.
_LIVE = re.compile(
    r"<(?=[A-Za-z/!?])|!(?=\[)|\](?=\s*[(:])(?!\s*[(:]\s*<?(?:https?://|\#))"
    r"|\\(?=href|url|require|class|style|cssId|data|csname|mmlToken|bbox)"
)
_NO_WIDTH = "\N{ZERO WIDTH SPACE}"
# Pictures of the lesson, which the learner has: in a thousand pages they would fill the disk. Their
# words end where another picture begins, so that no part of a text is looked at more than twice.
_PICTURE = re.compile(r"!\[((?:(?!!\[)[^\]])*+)\]\(attachment:[^()]*\)")


def harmless(text: str) -> str:
    """Return a text of Markdown, shortened, that cannot run or load anything."""
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT] + "\n\n[the rest of this text is left out]\n"
    return _LIVE.sub(rf"\g<0>{_NO_WIDTH}", text)


def holds_picture(text: str) -> bool:
    """Tell whether a text shows a picture that was put into its cell."""
    return bool(_PICTURE.search(text))


def words_for_pictures(text: str) -> str:
    """Return a text with words for the pictures in it."""
    return _PICTURE.sub(r"*[Picture: \1]*", text)
