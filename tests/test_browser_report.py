"""The table of the class in a browser: sorted and found by keyboard, readable, accessible."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.lab import browser_page, needs_chromium
from tests.marked import recorded
from tests.reference import in_turn
from tests.test_report import result
from workbook.course.exercises import NOTEBOOKS
from workbook.grade.gradebook.class_marks import class_marks
from workbook.grade.report import class_table
from workbook.grade.report.page import write_report
from workbook.grade.report.tally import Tally
from workbook.grade.roster.roster import Student
from workbook.grade.submissions.plan import Graded

pytestmark = [pytest.mark.slow, needs_chromium]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 400, "height": 800}


def write_class(folder, students=28):
    """Write the report of a class with names, sections and every sign; return its address."""
    results = []
    for number in range(students):
        for place, exercise in enumerate(NOTEBOOKS[:12]):
            passed = (number * 7 + place * 3) % 9
            one = result(f"s{number:03d}", exercise.name, passed, 8 - passed, answered=True)
            results.append(one)
            page = folder / "feedback" / one.student / exercise.notebook_path
            page.parent.mkdir(parents=True, exist_ok=True)
            page.with_suffix(".html").write_text(f"<main id='{exercise.name}'></main>")
    results[1] = replace(results[1], status="timeout")
    held = recorded(results)
    for key in [("s001", NOTEBOOKS[0].notebook), ("s002", NOTEBOOKS[1].notebook)]:
        held.marks[key] = replace(held.marks[key], is_by_hand=True, seconds_late=60.0)
    held.students = {one: f"Student {chr(90 - int(one[1:]) % 26)}" for one in held.students}
    held.students["zed"] = "Zed Absent"
    tally = Tally()
    tally.count(iter(results), held.marks)
    tally.add_absent(held.students)
    roster = {
        one: Student(one, section="AB"[int(one[1:]) % 2]) for one in held.students if one != "zed"
    }
    marks = class_marks(held, tally.missing, roster)
    tally.add_totals(marks.values())
    write_report(folder / "report.html", tally, Graded(marks=marks))
    return (folder / "report.html").as_uri()


def column(page, number):
    """Return the texts of a column's cells that are shown."""
    cells = page.locator(f"#marks tbody tr:not([hidden]) > :nth-child({number})")
    return [text.split()[0] for text in cells.all_inner_texts()]


def test_the_class_is_sorted_and_found_by_keyboard(tmp_path, pictures, monkeypatch):
    address = write_class(tmp_path)
    with browser_page() as page:
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_viewport_size(WIDE)
        page.goto(address)
        head = page.locator("#marks thead th").nth(2)
        head.get_by_role("button").focus()
        for order in ("ascending", "descending"):
            page.keyboard.press("Enter")
            expect(head).to_have_attribute("aria-sort", order)
            points = [-1.0 if text == "–" else float(text) for text in column(page, 3)]  # noqa: RUF001
            assert points == sorted(points, reverse=order == "descending")
        expect(page.locator("[aria-sort]")).to_have_count(1)
        page.get_by_label("Find").fill("student z")
        expect(page.locator("#found")).to_have_text("2 of 29 students")
        page.get_by_label("Find").fill("")
        page.get_by_label("Show").select_option("handed in after the due date")
        expect(page.locator("#found")).to_have_text("2 of 29 students")
        page.get_by_label("Show").select_option("nothing handed in")
        assert column(page, 1) == ["Zed"]
        page.get_by_label("Show").select_option("")
        stays_in_sight(page)
        looks(page, pictures)
        page.locator("#marks tbody tr", has_text="s005").locator("td a").first.click()
        assert page.url.endswith(f"/feedback/s005/{leads_to(NOTEBOOKS[0])}")

        # Of a large class the script makes the links, to the same places.
        monkeypatch.setattr(class_table, "MOST_LINKS", 0)
        page.goto(write_class(tmp_path))
        cell = page.locator("#marks tbody tr", has_text="s005").locator("td").nth(1)
        cell.get_by_role("link").click()
        assert page.url.endswith(f"/feedback/s005/{leads_to(NOTEBOOKS[0])}")
        assert errors == []


def leads_to(exercise):
    return exercise.notebook_path.replace(".ipynb", ".html") + f"#{exercise.name}"


def stays_in_sight(page):
    """The headings and the names stay where they are when the table is scrolled."""
    region = page.get_by_role("region", name="Marks of the class")
    region.evaluate("one => one.scrollTo(100, 200)")
    box = region.bounding_box()
    name = page.locator("#marks tbody th").nth(20).bounding_box()
    heading = page.locator("#marks thead th").first.bounding_box()
    assert abs(name["x"] - box["x"]) < 3
    assert abs(heading["y"] - box["y"]) < 3
    region.evaluate("one => one.scrollTo(0, 0)")


def looks(page, pictures):
    """Nothing sticks out, and axe finds nothing serious, wide and narrow, light and dark."""
    for scheme, size in in_turn(("light", "dark"), (WIDE, NARROW)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        page.screenshot(path=pictures / f"report-{scheme}-{size['width']}.png")
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    page.set_viewport_size(WIDE)
