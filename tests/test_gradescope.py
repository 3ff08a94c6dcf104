"""The autograder for Gradescope: its zip, and its runs in a folder like Gradescope's."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.archives_of_notebooks import zipped_notebooks
from tests.conftest import ROOT, run_python
from tests.submissions import COURSE, answer_text, reference_answers
from workbook.cli import main
from workbook.course.exercises import EXERCISES, LABS, NOTEBOOKS, find
from workbook.grade.gradescope.protection import USER
from workbook.grade.gradescope.results_json import NO_MARK
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.jobs import Job
