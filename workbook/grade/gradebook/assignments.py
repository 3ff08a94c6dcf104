"""Assignments in a gradebook, as ``nbgrader generate_assignment`` enters them."""

import json
from collections.abc import Iterator
from typing import Any

from nbgrader import api
from sqlalchemy import select

from workbook.course.exercises import ASSIGNMENTS, PAGES, Exercise, Page, of_assignment
from workbook.course.folder import Course
from workbook.course.nbgrader_course import course_config, generate_assignment
from workbook.grade.gradebook.tables import create_tables
from workbook.grade.submissions.notebooks import course_notebook


def register(course: Course, db_url: str, assignment: str) -> None:
    """Enter an assignment in a gradebook, or update it to what is in ``source/``.

    Parameters
    ----------
    course : Course
        The course.
    db_url : str
        SQLAlchemy address of the gradebook.
    assignment : str
        Name of the assignment. A name that the course does not have is ignored.
    """
    if assignment not in ASSIGNMENTS:
        return
    create_tables(db_url)
    with api.Gradebook(db_url) as gradebook:
        is_entered = enter(gradebook.db, course, assignment)
        gradebook.db.commit()
    if not is_entered:
        # nbgrader decides which changes an assignment with submissions allows.
        generate_assignment(course, course.root / "source", assignment, db_url)


def enter(db: Any, course: Course, assignment: str) -> bool:
    """Enter an assignment that a gradebook does not hold; return whether it is then up to date.

    Parameters
    ----------
    db : sqlalchemy.orm.scoped_session
        A session of the gradebook; the caller commits.
    course : Course
        The course.
    assignment : str
        Name of the assignment.
    """
    held = db.scalar(select(api.Assignment).where(api.Assignment.name == assignment))
    if held is not None and held.notebooks:
        return _entered_cells(held) == _source_cells(course, assignment)
    if held is None:
        settings = course_config(course, course.root, "", assignment).CourseDirectory
        course_id = settings.get("course_id", "")
        db.merge(api.Course(id=course_id))
        held = api.Assignment(name=assignment, course_id=course_id)
        db.add(held)
    pages = (page for page in PAGES if page.assignment == assignment)
    notebooks: list[Exercise | Page] = [*of_assignment(assignment), *pages]
    for one in notebooks:
        source = course_notebook(course, "source", one)
        released = course_notebook(course, "release", one)
        kernel = json.dumps(source.metadata.kernelspec)
        notebook = api.Notebook(name=one.notebook, assignment=held, kernelspec=kernel)
        db.add_all([notebook, *_cells(source, released, notebook)])
    db.flush()
    return True


def _cells(source: Any, released: Any, notebook: Any) -> Iterator[Any]:
    """Yield the rows of a notebook's cells, as nbgrader's preprocessor ``SaveCells`` makes them."""
    stubs = _stubs(released)
    for cell in source.cells:
        settings = cell.metadata.get("nbgrader")
        if not settings:
            continue
        keys = {"name": settings.grade_id, "notebook": notebook}
        if settings.grade:
            yield api.GradeCell(**keys, max_score=float(settings.points), cell_type=cell.cell_type)
        if settings.solution:
            yield api.SolutionCell(**keys)
        # A cell to fill in is kept as the stub; from the others nbgrader restores the hidden tests.
        kept = stubs.get(settings.grade_id, cell)
        yield api.SourceCell(
            **keys,
            cell_type=cell.cell_type,
            locked=settings.locked,
            source=kept.source,
            checksum=kept.metadata.nbgrader.checksum,
        )


def _stubs(released: Any) -> dict[str, Any]:
    """Return the cells to fill in of a released notebook, by their names."""
    return {
        cell.metadata.nbgrader.grade_id: cell
        for cell in released.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def _entered_cells(assignment: Any) -> dict[tuple[str, str], str]:
    """Return the checksums of the cells that are locked, or worth points."""
    found = {}
    for notebook in assignment.notebooks:
        graded = {cell.name for cell in notebook.grade_cells}
        for cell in notebook.source_cells:
            if cell.locked or cell.name in graded:
                found[notebook.name, cell.name] = cell.checksum
    return found


def _source_cells(course: Course, assignment: str) -> dict[tuple[str, str], str]:
    found = {}
    for exercise in of_assignment(assignment):
        stubs = _stubs(course_notebook(course, "release", exercise))
        for cell in course_notebook(course, "source", exercise).cells:
            settings = cell.metadata.get("nbgrader")
            if settings and (settings.locked or settings.grade):
                kept = stubs.get(settings.grade_id, cell)
                found[exercise.notebook, settings.grade_id] = kept.metadata.nbgrader.checksum
    return found
