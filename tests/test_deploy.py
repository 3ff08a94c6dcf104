"""What `deploy/` holds and `docs/deploy.md` says: it is there, and does what can be tried here."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml

from tests.conftest import ROOT
from tests.dockerfile import in_context, is_let_in, rules_of, steps
from tests.submissions import COURSE, answer_text, to_bytes
from workbook.cli import main
from workbook.course.exercises import find
from workbook.grade.submissions.answers import filled_notebook

DOCKERFILES = [ROOT / "deploy" / name / "Dockerfile" for name in ("docker", "jupyterhub")]
DOC = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
WORKFLOW = ROOT / "deploy" / "github-classroom" / "checks.yml"


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.parent.name)
def test_an_image_gets_the_course_and_nothing_of_a_class(dockerfile):
    context, taken = in_context(dockerfile), steps(dockerfile)
    for step in taken:
        if step.kind == "COPY":
            source = step.text.split()[0]
            assert source == "." or source in context
    for needed in ("pyproject.toml", "README.md", "workbook/cli/__main__.py", "nbgrader_config.py",
                   "release/5_labs/12_check_it.ipynb", "solutions/linear_forward.py"):  # fmt: skip
        assert needed in context
    for private in ("submitted/ada/a.ipynb", "gradebook.db", "roster.json", "users", ".git/config",
                    ".venv/bin/python", ".workbook-secret/key", "results/ada/x.json",
                    "workbook/__pycache__/x.pyc", "graded/marks.csv"):  # fmt: skip
        assert not is_let_in(private, rules_of(dockerfile))
    kinds = [step.kind for step in taken]
    assert kinds[0] == "FROM"
    command = json.loads(next(step.text for step in taken if step.kind == "CMD"))
    # Of this Python, whether or not its environment is active.
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    there = shutil.which(command[0], path=programs)
    assert there or (dockerfile.parent / command[0]).is_file()
    ports = [step.text for step in taken if step.kind == "EXPOSE"]
    assert f":{ports[0]}" in DOC


def test_the_instructors_image_works_as_an_ordinary_user():
    taken = steps(DOCKERFILES[0])
    user = next(number for number, step in enumerate(taken) if step.kind == "USER")
    assert taken[user].text != "root"
    after = [step.kind for step in taken[user:]]
    assert "RUN" in after
    assert "useradd" in " ".join(step.text for step in taken[:user])


def test_the_hub_starts_only_with_a_file_of_users():
    start = ROOT / "deploy" / "jupyterhub" / "start"
    assert os.access(start, os.X_OK)
    done = subprocess.run(["bash", start], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "a line NAME:PASSWORD for each user" in done.stderr


def test_the_hubs_settings_are_settings():
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange.default import Exchange
    from traitlets.config import Config

    config = Config()
    path = ROOT / "deploy" / "jupyterhub" / "nbgrader_config.py"
    exec(compile(path.read_text(encoding="utf-8"), path, "exec"), {"get_config": lambda: config})
    assert set(config) == {"CourseDirectory", "Exchange"}
    assert set(config.CourseDirectory) <= set(CourseDirectory.class_trait_names())
    assert set(config.Exchange) <= set(Exchange.class_trait_names())
    made = [step.text for step in steps(DOCKERFILES[1]) if config.Exchange.root in step.text]
    assert made


def test_nobody_can_put_another_folder_in_the_place_of_the_courses(tmp_path):
    """In a folder that all can write, whoever may rename what is in it takes everybody's work."""
    start = (ROOT / "deploy" / "jupyterhub" / "start").read_text(encoding="utf-8")
    exchange = tmp_path / "srv" / "nbgrader" / "exchange"
    exchange.mkdir(parents=True)
    lines = [line for line in start.splitlines() if line.startswith("install -d")]
    me = str(os.geteuid())
    script = "\n".join(lines).replace("/srv/", f"{tmp_path}/srv/").replace("grader -m", f"{me} -m")
    subprocess.run(["bash", "-euc", script], check=True)
    assert stat.S_IMODE(exchange.stat().st_mode) == 0o1777
    course = exchange / "backprop_workbook"
    assert (stat.S_IMODE(course.stat().st_mode), course.stat().st_uid) == (0o755, os.geteuid())
    assert "-o grader" in start


@pytest.fixture
def repository(tmp_path):
    """A student's repository, in which nothing has been written yet."""
    root = tmp_path / "hw1-ada"
    shutil.copytree(ROOT / "release" / "1_initialization", root / "1_initialization")
    (root / ".ipynb_checkpoints").mkdir()
    (root / ".ipynb_checkpoints" / "01_initialize_parameters.ipynb").write_text("{")
    return root


def run_the_checks(root):
    """Run the workflow's own step in a repository."""
    (job,) = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"].values()
    (script,) = [one["run"] for one in job["steps"] if "workbook check" in one.get("run", "")]
    summary = root / ".summary"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=root, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        env={**os.environ, "PATH": path, "GITHUB_STEP_SUMMARY": str(summary)},
    ), summary  # fmt: skip


@pytest.mark.slow
def test_the_workflow_is_red_until_every_visible_check_passes(repository):
    done, summary = run_the_checks(repository)
    assert done.returncode == 1
    assert "initialize_parameters is not written yet" in done.stdout
    assert "0 of 10 pass their visible checks" in summary.read_text(encoding="utf-8")
    for name in ("initialize_parameters", "initialize_parameters_deep"):
        exercise = find(name)
        written = to_bytes(filled_notebook(COURSE, exercise, answer_text(exercise)))
        (repository / exercise.notebook_path).write_bytes(written)
    done, summary = run_the_checks(repository)
    assert done.returncode == 0, done.stdout
    assert "2 of 10 pass" in summary.read_text(encoding="utf-8")
    assert "checkpoints" not in done.stdout
    (repository / "1_initialization" / "more.ipynb").write_text("{")
    assert run_the_checks(repository)[0].returncode == 1


def test_the_workflow_may_only_read_and_runs_no_hidden_test():
    told = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert told["permissions"] == {"contents": "read"}
    (job,) = told["jobs"].values()
    assert "permissions" not in job
    assert not re.search(r"secrets\.|grade|hidden", json.dumps(told))


def test_what_the_page_names_is_there():
    for target in re.findall(r"\]\((?!http|#)([^)#]+)", DOC):
        # Written on another branch.
        assert target == "website.md" or (ROOT / "docs" / target).exists(), target
    for name in re.findall(r"`?((?:deploy|tests)/[\w./-]+)", DOC):
        assert (ROOT / name.rstrip("/.")).exists(), name
    for command, options in re.findall(
        r"(?<!-)\bworkbook ([a-z]+)((?: --?[a-z]+| [^\s`|]+)*)", DOC
    ):
        known = {one for p in main.commands[command].params for one in p.opts}
        assert set(re.findall(r" (--?[a-z]+)", options)) <= known, command
    # Not where it is the name of an image before its command.
    named = set(re.findall(r"(?<!-)\bworkbook ([a-z]+)\b", DOC))
    assert named >= {"gradescope", "wheel", "collect", "grade", "doctor", "build"}
    assert named <= set(main.commands)


def test_the_link_for_a_hub_leads_to_the_first_notebook():
    (link,) = re.findall(r"^https://HUB\S+$", DOC, re.MULTILINE)
    asked = parse_qs(urlsplit(link).query)
    repository = asked["repo"][0].rpartition("/")[2]
    opened = unquote(asked["urlpath"][0]).removeprefix(f"lab/tree/{repository}/")
    assert (ROOT / "release" / opened).is_file()
    # The repository in the link is what the commands above it push, to the branch in the link.
    assert f"{repository} students:{asked['branch'][0]}" in DOC


def anchors(page):
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}


def test_links_within_the_pages_lead_to_their_headings():
    pages = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
    for name, text in pages.items():
        for target, anchor in re.findall(r"\]\((?!http)([\w.-]*)#([^)]+)\)", text):
            assert anchor in anchors(pages[target or name]), f"{name}: {target}#{anchor}"
