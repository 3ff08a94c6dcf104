"""Collects what a learning platform sent: looks at every file, sorts, and writes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS
from workbook.course.folder import Course
from workbook.course.text import printable
from workbook.course.words import counted, listed
from workbook.grade.collect.attempts import HandedIn, choose_attempts, times
from workbook.grade.collect.looking import SeenFile, content_hash, look
from workbook.grade.collect.names import Names, safe_path
from workbook.grade.collect.platforms import PLAIN, CollectError, Platform, all_platforms
from workbook.grade.collect.reading import PathReader
from workbook.grade.collect.sorting import sort_files
from workbook.grade.collect.sources import SourceFile, files_in, folders_too_large
from workbook.grade.collect.writing import ALREADY, TAKEN, SubmittedFolder
from workbook.grade.roster.roster import Roster, read_roster
from workbook.grade.submissions.groups import Due

#: Reads all files from the beginning.
OpenFiles = Callable[[], Iterator[SourceFile]]
#: From all files, and all that some students have handed in: the points of each notebook.
PointsOf = Callable[[OpenFiles, list[HandedIn]], Mapping[int, float]]
#: The folder in the course's for lists of what was collected, and for what was replaced.
FOLDER = "collected"


@dataclass(frozen=True)
class FileOutcome:
    """What became of a file.

    Attributes
    ----------
    path : str
        Its path in the archive or folder.
    done : str
        "taken", "there already" or "left".
    targets : tuple of str
        Where it is in ``submitted/``.
    why : str
        Why it is left, or what is to be said of it.
    """

    path: str
    done: str
    targets: tuple[str, ...] = ()
    why: str = ""


@dataclass
class Collected:
    """What was collected.

    Attributes
    ----------
    platform : Platform
        Whose files they are.
    folder : pathlib.Path
        Where the list is, and what was replaced.
    outcomes : list of FileOutcome
        One for each file, in order.
    problems : list of str
        What the instructor should look at.
    set_aside : list of str
        Files that others have replaced.
    students : set of str
        The students with a file.
    untimed : int
        How many of their assignments have no time.
    has_named_times : bool
        Whether times were read in names, which do not say of which zone they are.
    """

    platform: Platform
    folder: Path
    outcomes: list[FileOutcome] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    students: set[str] = field(default_factory=set)
    untimed: int = 0
    has_named_times: bool = False


@dataclass(frozen=True)
class CollectOptions:
    """What the instructor asks for.

    Attributes
    ----------
    assignment : str
        The assignment; empty to find it out.
    platform : str
        The platform; empty to recognise it.
    attempt : str
        Which attempt counts: one of `WHICH`, or empty for the last before the deadline.
    """

    assignment: str = ""
    platform: str = ""
    attempt: str = ""


def collect(
    course: Course, source: Path, options: CollectOptions, due: Due, points: PointsOf | None = None
) -> Collected:
    """Sort what a platform sent into ``submitted/``.

    Parameters
    ----------
    course : Course
        The course.
    source : pathlib.Path
        An archive, or a folder.
    options : CollectOptions
        What the instructor asks for.
    due : callable
        The deadlines.
    points : callable, optional
        Judges notebooks; needed for the best attempt only.

    Raises
    ------
    CollectError
        If nothing can be collected.
    RosterError
        If the roster cannot be read.
    """
    submitted = course.root / "submitted"
    assignments = (*ASSIGNMENTS, *course.other_assignments())
    if options.assignment and options.assignment not in assignments:
        raise CollectError(
            f"unknown assignment {options.assignment!r}; the course has {', '.join(assignments)}"
        )
    here = source.resolve()
    if here == course.root or here == submitted or here.is_relative_to(submitted):
        raise CollectError(f"{source} is where submissions go: name what the platform sent")
    platforms = all_platforms(course)
    roster = read_roster(course)
    named = platforms.named(options.platform) if options.platform else None
    files = partial(files_in, source, folders_too_large(source))
    seen = list(look(files(), platforms.may_say_more))
    paths = [*dict.fromkeys(one.sent_as for one in seen)]
    platform, root = (named, named.root(paths)) if named else platforms.recognised(paths)
    if not named and _is_students(root, roster):
        # Whatever a student's files are called, they are the student's.
        platform = platforms.named(PLAIN)
        root = platform.root(paths)
    if platform.name == PLAIN and all(one.work for one in seen):
        platform = replace(platform, title="Work from the course's site")
    reader = PathReader(platform, root, platforms.zone, assignments, options.assignment)
    found = sort_files(seen, reader, roster, source.is_dir())
    counting, others = choose_attempts(
        found.handed_in, due, options.attempt, partial(points, files) if points else None
    )
    if not counting:
        raise CollectError(_nothing(source, seen, platform, found.left))
    stamp = f"{datetime.now():%Y-%m-%d-%H%M%S-%f}-{platform.name}"
    out = Collected(platform, course.root / FOLDER / stamp, problems=found.problems)
    out.has_named_times = any("time" in one.groupindex for one in platform.paths)
    left = {**found.left, **others}
    again = _unchanged(source, seen, files())
    _write(source, again, counting, left, SubmittedFolder(submitted, out.folder), out)
    return out


def _is_students(root: str, roster: Roster) -> bool:
    """Tell whether the folder that holds everything is that of a student on the roster."""
    folder = root.rstrip("/").rpartition("/")[2]
    return bool(folder) and (folder in roster.students_by_id or bool(roster.named(folder)))


def _nothing(source: Path, seen: list[SeenFile], platform: Platform, left: dict[int, str]) -> str:
    """Say that nothing was taken, and why."""
    why = max(left.values(), key=list(left.values()).count)
    said = f"nothing was taken from {source} ({platform.title}): of most files, {why}"
    archives = [printable(one.path) for one in seen if one.is_archive]
    if not archives:
        return f"{said}. Is it what the platform sent? --from names another platform"
    cure = "name one of its archives" if source.is_dir() else "unpack it, and name what is in it"
    return f"{said}. If that is of a class, {cure}: {listed(archives)}"


def _write(
    source: Path,
    files: Iterable[tuple[SeenFile, SourceFile]],
    counting: list[HandedIn],
    left: dict[int, str],
    submitted: SubmittedFolder,
    out: Collected,
) -> None:
    """Write the files that count, and note what became of each."""
    targets = _targets(counting)
    written: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    exercises: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for held, file in files:
        wanted = targets.get(held.number, [])
        if not wanted:
            out.outcomes.append(FileOutcome(held.path, "left", (), left[held.number]))
            continue
        data, _ = file.read()
        if data is None or content_hash(data) != held.digest:
            raise _changed(source)
        done = []
        for one, path in wanted:
            key = one.student, one.assignment
            modified = one.time.timestamp() if one.time else held.modified
            done.append(submitted.put(submitted.root.joinpath(*key), path, data, modified))
            written[key].add(path)
            exercises[key].update({one.exercise} - {""})
        out.outcomes.append(_outcome(held, wanted, done))
    for key, exercise in exercises.items():
        submitted.keep_other_versions(submitted.root.joinpath(*key), exercise, written[key])
    for key, time in times(counting):
        submitted.write_time(submitted.root.joinpath(*key), time)
        out.untimed += time is None
    out.set_aside = submitted.set_aside
    out.students = {one.student for one in counting}


def _unchanged(
    source: Path, seen: list[SeenFile], files: Iterable[SourceFile]
) -> Iterator[tuple[SeenFile, SourceFile]]:
    """Yield each file that was seen with the same file, to be read again."""
    for held, file in zip_longest(seen, files):
        if held is None or file is None or held.path != file.path:
            raise _changed(source)
        yield held, file


def _changed(source: Path) -> CollectError:
    return CollectError(f"{source} changed while it was being read: collect it again")


def _outcome(held: SeenFile, wanted: list[tuple[HandedIn, str]], done: list[str]) -> FileOutcome:
    """Return what became of a file that was written for one or several students."""
    places = tuple(f"{one.student}/{one.assignment}/{path}" for one, path in wanted)
    late = "the platform calls it late" if wanted[0][0].late else ""
    refused = [why for why in done if why not in (TAKEN, ALREADY)]
    if refused:
        return FileOutcome(held.path, "left", (), refused[0])
    return FileOutcome(held.path, TAKEN if TAKEN in done else ALREADY, places, late)


def _targets(counting: list[HandedIn]) -> dict[int, list[tuple[HandedIn, str]]]:
    """Return where each file goes, by its number: for each student, the path in the folder."""
    names: defaultdict[tuple[str, str], Names] = defaultdict(Names)
    found: defaultdict[int, list[tuple[HandedIn, str]]] = defaultdict(list)
    for one in sorted(counting, key=lambda one: one.number):
        path = names[one.student, one.assignment].free(safe_path(one.path) or "_")
        found[one.number].append((one, path))
    return found


def left_by_reason(outcomes: list[FileOutcome]) -> dict[str, list[str]]:
    """Return the paths of the files that are left, by the reason."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in outcomes:
        if one.done == "left":
            found[one.why].append(one.path)
    return found


def summary_sentence(out: Collected) -> str:
    """Say in a sentence how many files there were, and what became of them."""
    counts = {done: sum(one.done == done for one in out.outcomes) for done in (TAKEN, ALREADY)}
    left = len(out.outcomes) - sum(counts.values())
    files = counted(len(out.outcomes), "file")
    students = counted(len(out.students), "student")
    already = f", {counts[ALREADY]:,} there already" if counts[ALREADY] else ""
    taken = f"{counts[TAKEN]:,} taken{already}, {left:,} left"
    return f"{out.platform.title}: {files}, {taken}; {students}."
