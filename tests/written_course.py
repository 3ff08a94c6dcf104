"""A small course with answers that a person marks: an exercise of one function, and a lab."""

import shutil
from pathlib import Path

from tests.conftest import ROOT

HEADER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
exercise: {exercise}
order: {order}
points: {points}
minutes: 5
{more}---

# {title}

```{{code-cell}} ipython3
:tags: [setup]

from workbook import check, hint
```

```{{code-cell}} ipython3
:solution: {function}
```

```{{code-cell}} ipython3
:check: {function}
```

```{{code-cell}} ipython3
:id: {function}-values
:tests: [{tests}]
```

"""
HINTS = "hints:\n- Is it positive?\n- Take each entry.\n- An array.\n"
WHY = """\
```{code-cell} ipython3
:manual: why_a_slope, 5 points

**Why** does notebook {number:leaky_relu} let a small part through? Two sentences.
```

```{code-cell} ipython3
:manual: two_slopes, 2.5 points, code

# Choose two slopes, and say in comments why.
### BEGIN SOLUTION
slopes = 0.01, 0.3
### END SOLUTION
```
"""
BONUS = """\
```{code-cell} ipython3
:manual: at_zero, 3 points

What is the slope at exactly 0?

### BEGIN SOLUTION
There is none; this course takes 0.
### END SOLUTION
```
"""
LESSON = HEADER.format(
    exercise="leaky_relu",
    order=1,
    points=6,
    more=f"step: forward\nfunctions:\n  leaky_relu:\n    returns: [A]\n{HINTS}",
    title="A ReLU that leaks",
    function="leaky_relu",
    tests="test_both_sides, test_any_slope, test_Z_unchanged",
)
LAB = HEADER.format(
    exercise="slope_it",
    order=2,
    points=3,
    more="bonus: true\nfunctions:\n  relu_derivative:\n    returns: [slope]\n"
    + HINTS.replace("hints:", "hints:\n  relu_derivative:").replace("\n- ", "\n  - "),
    title="Slopes",
    function="relu_derivative",
    tests="test_relu_slope, test_relu_slope_at_zero, test_relu_slope_inputs_unchanged",
)
LESSON_PATH = Path("assignments/1_relus/01_leaky_relu.md")
LAB_PATH = Path("assignments/2_slopes/02_slope_it.md")


def write_course(root: Path, lesson: str = LESSON + WHY, lab: str = LAB + BONUS) -> Path:
    """Write the course's text into a new folder; it is not built yet."""
    unwanted = shutil.ignore_patterns("__pycache__", "assignments")
    for name in ("solutions", "grader_tests"):
        shutil.copytree(ROOT / name, root / name, ignore=unwanted)
    shutil.copytree(ROOT / "tests" / "eleventh", root, dirs_exist_ok=True, ignore=unwanted)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for path, text in ((LESSON_PATH, lesson), (LAB_PATH, lab)):
        (root / path).parent.mkdir(parents=True)
        (root / path).write_text(text, encoding="utf-8")
    return root
