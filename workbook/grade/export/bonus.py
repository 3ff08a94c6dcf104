"""Points above a maximum: in a column of their own, cut off, or left as they are."""

from dataclasses import replace

from workbook.course.words import counted
from workbook.grade.export.table import BONUS, Column, Mark, MarksRow, Options, Table, number


def bonus_settled(table: Table, options: Options) -> Table:
    """Return a table in which no mark is above its maximum, unless that is wanted.

    Most platforms refuse such a mark, and one refuses the whole table.

    Parameters
    ----------
    table : Table
        The marks as they are in the gradebook.
    options : Options
        What the instructor asks for.
    """
    if options.bonus == "keep":
        return table
    columns: list[Column] = []
    for column in table.columns:
        above = [row for row in table.rows if _above(row, column) > 0]
        is_bonus = column.most == 0
        if is_bonus and options.bonus == "cap":
            table.notes.append(f"{column.name} is left out: all its points are a bonus")
            continue
        columns.append(column)
        if is_bonus or not above:
            continue
        if options.bonus == "cap":
            cut = (f"{row.shown} {number(_above(row, column))}" for row in above)
            table.notes.append(
                f"{column.name}: points above {number(column.most)} were cut off, of "
                f"{counted(len(above), 'student')}: {', '.join(cut)}"
            )
        else:
            name = f"{column.name}{BONUS}"
            title = options.titles.get(name, f"{column.title.partition(' (')[0]}{BONUS}")
            columns.append(Column(name, 0.0, title))
    known = {one.name: one for one in table.columns}
    rows = [replace(row, marks=_settled(row, columns, known)) for row in table.rows]
    return replace(table, columns=columns, rows=rows)


def _above(row: MarksRow, column: Column) -> float:
    mark = row.marks[column.name]
    return max(0.0, mark.points - column.most) if mark.status == "graded" else 0.0


def _settled(row: MarksRow, columns: list[Column], known: dict[str, Column]) -> dict[str, Mark]:
    marks = {}
    for column in columns:
        name = column.name.removesuffix(BONUS)
        mark, above = row.marks[name], _above(row, known[name])
        if name != column.name:
            marks[column.name] = Mark(mark.status, above)
        elif column.most and above:
            marks[name] = replace(mark, points=column.most)
        else:
            marks[name] = mark
    return marks
