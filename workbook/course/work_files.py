"""A learner's work in one ZIP file: what it may hold, wherever it is made and read."""

import re

#: What is saved and brought at most, so that a grading reads all of it.
MOST_FILES, MOST_BYTES, LARGEST = 1500, 200 * 2**20, 32 * 2**20
#: A file that was made here has it at its end, and is not saved in the next one.
WORK_FILE_MARK = b"saved work of Backprop Workbook"
#: Where a learner's files lie as they were before they were replaced, in their folder.
OLDER = "older_notebooks"
#: Names that some system cannot have, or takes for a device. A browser reads this pattern as well.
UNUSABLE = re.compile(
    r".*[<>:\"|?*\x00-\x1f\ud800-\udfff].*|.*[. ]|(con|prn|aux|nul|com\d|lpt\d)(\..*)?",
    re.IGNORECASE | re.DOTALL,
)
#: The file in which a learner says who they are, and the longest name or identifier that counts.
STUDENT_FILE, LONGEST_NAME = "student.json", 100


def unusable(name: str) -> bool:
    """Tell whether some system cannot have a file or folder of this name."""
    return UNUSABLE.fullmatch(name) is not None
