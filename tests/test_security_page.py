"""The figures in SECURITY.md are the program's."""

from pathlib import Path

import pytest

from tests.attacks.suite import FAMILIES
from workbook.course import work_files, zip_files
from workbook.grade.collect import named_work, sources
from workbook.grade.gradescope import protection
from workbook.grade.judging import exchange, judge, reference_calls
from workbook.grade.pages import handed_in as pages
from workbook.grade.sandbox import folder, seccomp, start_kernel, wire
from workbook.grade.similar import answers, pairs, shared
from workbook.grade.submissions import (
    archives,
    beside,
    handed_in,
    identify,
    pictures,
    saved_outputs,
)
from workbook.grade.submissions.limits import Limits

LIMITS = Limits()
TEXT = " ".join((Path(__file__).parents[1] / "SECURITY.md").read_text(encoding="utf-8").split())
NUMBERS = {
    2: "two",
    5: "five",
    10: "ten",
    19: "nineteen",
    20: "twenty",
    50: "fiftieth",
    60: "sixty",
}


def mib(size):
    return f"{size >> 20} MiB"


def gib(size):
    return f"{size >> 30} GiB"


def word(number):
    return NUMBERS[round(number)]


SAID = [
    f"one writable file system of {mib(LIMITS.written_bytes)} in memory",
    f"limits on memory ({gib(LIMITS.memory_bytes)})",
    f"**Threads are limited** to {LIMITS.processes} at once",
    f"{LIMITS.written_files:,} files and {mib(LIMITS.written_bytes)} are allowed",
    f"stops it every {word(1 / folder.INTERVAL_SECONDS)} of a second",
    f"no more than {10 * LIMITS.written_files:,} files",
    f"({mib(beside.MAX_BYTES_BESIDE)} and {beside._MOST_FILES} files at most",
    f"A cell or a call has {word(LIMITS.cell_seconds)} seconds, a notebook "
    f"{word(LIMITS.notebook_seconds)}",
    f"up to {word(exchange._MOST_LOST)} times the limit for a notebook",
    f"An answer of more than {mib(wire.MAX_ARRAYS)} does not cross",
    f"The judge has {gib(LIMITS.judge_memory_bytes)} of memory",
    f"makes a feedback page in {word(pages._PAGE_SECONDS + 1)}",
    f"at most {archives._MOST_MEMBERS:,} files are looked at in an archive, and "
    f"{handed_in._MOST_ARCHIVED:,} in all",
    f"at most {mib(zip_files.MAX_FILE_BYTES)} are unpacked for one student",
    f"at most {word(identify._MOST_PARSED_IN_ALL / 10**6)} million signs of code",
    f"a list of up to {zip_files.MOST_ZIP_MEMBERS:,} names, of {mib(sources._LONGEST_LIST)} in a "
    f"ZIP file, of which at most {sources._MOST_FILES:,} files are taken, "
    f"{mib(zip_files.MAX_FILE_BYTES)} each and {gib(sources._MOST_BYTES)} together",
    f"(at most {named_work._LARGEST:,} bytes, {work_files.LONGEST_NAME} signs for a name, no path)",
    f"at most {work_files.MOST_FILES:,} files and {mib(work_files.MOST_BYTES)}",
    f"of a file of up to {mib(zip_files.MAX_FILE_BYTES)}",
    f"what remains may have {mib(saved_outputs.MAX_NOTEBOOK_BYTES)}",
    f"Of one student's notebooks {gib(handed_in.MOST_BYTES)} are read, and "
    f"{gib(handed_in.MOST_BYTES)} of archives, for {word(handed_in._SECONDS)} seconds of processor",
    f"compares the first {answers.LONGEST_ANSWER:,} signs of an answer",
    f"of two answers for a second at most, of all for {word(pairs._MOST_SECONDS)}",
    f"pictures of more than {pictures._MOST_POINTS // 10**6} million points",
    f"in {word(len(FAMILIES))} families",
    f"({gib(start_kernel._MORE_MEMORY)} more)",
    f"calls from number {seccomp._YOUNG_CALLS} on",
    f"student code as a user of its own ({protection.USER})",
    f"student code can start up to {LIMITS.processes} threads and processes",
]


@pytest.mark.parametrize("said", SAID)
def test_a_figure_is_the_programs(said):
    assert said in TEXT


def test_what_the_page_says_in_words():
    assert shared._SECONDS == pairs._SECONDS == 1
    assert 1 < judge._GRACE_SECONDS <= 5
    # Half a GiB of float64, of a product of two vectors with half of the lengths each.
    assert 8 * (reference_calls._MOST_LENGTHS // 2) ** 2 <= 2**29
    assert "half a GiB" in TEXT
