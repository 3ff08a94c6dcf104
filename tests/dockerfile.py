"""Runs a Dockerfile's steps without Docker, and commands in what they have made.

``python -m tests.dockerfile deploy/docker/Dockerfile 'workbook doctor'`` works on a copy-on-write
view of this machine, which has to be the Debian that the file begins with; it needs root. What is
written is in memory, and gone at the end.
"""

import fnmatch
import json
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

# Of the image, before its own ENV.
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

# In a mount namespace of its own: the view of the machine, and Python in it, which goes on.
_VIEW = """
set -euo pipefail
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root" "$1/empty"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
mount -t proc proc "$1/root/proc"
for part in dev sys; do mount --rbind "/$part" "$1/root/$part"; done
mount --rbind "$2" "$1/root/mnt"
mkdir "$1/root/.machine"
# Not chroot, inside of which nobody can make namespaces.
folder=$PWD
cd "$1/root"
pivot_root . .machine
umount --lazy /.machine
cd "$folder"
exec "$3" -m tests.dockerfile --inside "$4" "${@:5}"
"""


@dataclass(frozen=True)
class Step:
    """One instruction of a Dockerfile.

    Attributes
    ----------
    kind : str
        Such as ``RUN``.
    options : dict of str to str
        Such as ``{"chown": "workbook"}``.
    text : str
        The rest.
    """

    kind: str
    options: dict[str, str]
    text: str


def steps(dockerfile: Path) -> list[Step]:
    """Return the instructions of a Dockerfile."""
    lines = dockerfile.read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    found = []
    for line in filter(None, kept.replace("\\\n", " ").splitlines()):
        kind, _, rest = line.strip().partition(" ")
        options = dict(re.findall(r"--(\w+)=(\S+)", rest)) if kind == "COPY" else {}
        text = re.sub(r"--\w+=\S+ *", "", rest) if options else rest
        found.append(Step(kind, options, text.strip()))
    return found


def in_context(dockerfile: Path) -> list[str]:
    """Return the files of this checkout that the image's ``.dockerignore`` lets in.

    Where there is no repository, as in a copy, all files but the environment's are the checkout's.
    """
    rules = rules_of(dockerfile)
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    told = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    names = told.stdout.split("\0")
    if told.returncode != 0:
        paths = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        names = [path.as_posix() for path in paths if not path.parts[0].startswith((".venv", "."))]
    return [name for name in names if name and is_let_in(name, rules)]


def rules_of(dockerfile: Path) -> list[str]:
    """Return the lines of an image's ``.dockerignore``."""
    ignore = dockerfile.with_name(f"{dockerfile.name}.dockerignore").read_text(encoding="utf-8")
    return [line for line in ignore.splitlines() if line and not line.startswith("#")]


def is_let_in(name: str, rules: list[str]) -> bool:
    """Tell whether a file gets into the image."""
    parts = name.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    let_in = True
    for rule in rules:
        pattern = rule.removeprefix("!").removeprefix("**/")
        anywhere = rule.removeprefix("!").startswith("**/")
        if any(fnmatch.fnmatchcase(one, pattern) for one in (parts if anywhere else above)):
            let_in = rule.startswith("!")
    return let_in


@dataclass
class Image:
    """What the steps have set so far."""

    user: str = "root"
    folder: str = "/"
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": _PATH, "HOME": "/root"})
    command: list[str] = field(default_factory=list)

    def run(self, command: list[str]) -> None:
        """Run a command as the image's user, in its folder, with its environment."""
        who = pwd.getpwnam(self.user)
        subprocess.run(
            command, cwd=self.folder, env=self.environment, check=True, stdin=subprocess.DEVNULL,
            user=who.pw_uid, group=who.pw_gid, extra_groups=(),
        )  # fmt: skip

    def take(self, step: Step) -> None:
        """Do one step."""
        if step.kind == "RUN":
            self.run(["/bin/sh", "-c", step.text])
        elif step.kind == "COPY":
            self._copy(step)
        elif step.kind == "USER":
            self.user = step.text
        elif step.kind == "WORKDIR":
            self.folder = step.text
            Path(step.text).mkdir(parents=True, exist_ok=True)
        elif step.kind == "ENV":
            name, _, value = step.text.partition("=")
            self.environment[name] = value
        elif step.kind == "CMD":
            self.command = json.loads(step.text)
        elif step.kind not in ("FROM", "EXPOSE"):
            raise ValueError(f"no such step here: {step.kind}")

    def _copy(self, step: Step) -> None:
        source, target = shlex.split(step.text)
        to = Path(self.folder, target)
        if Path("/mnt", source).is_dir():
            shutil.copytree(f"/mnt/{source}", to, dirs_exist_ok=True)
        else:
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(f"/mnt/{source}", to)
        if "chmod" in step.options:
            to.chmod(int(step.options["chmod"], 8))
        if "chown" in step.options:
            subprocess.run(["chown", "-R", f"{step.options['chown']}:", to], check=True)


def main(dockerfile: str, *commands: str) -> None:
    """Make the context and the view, and go on in it."""
    with tempfile.TemporaryDirectory() as made:
        view, context = Path(made, "view"), Path(made, "context")
        view.mkdir()
        context.mkdir()
        for name in in_context(ROOT / dockerfile):
            (context / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, context / name)
        arguments = ["unshare", "--mount", "--uts", "--pid", "--fork", "bash", "-c", _VIEW, "-"]
        arguments += [str(view), str(context), sys.executable, dockerfile, *commands]
        done = subprocess.run(arguments, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    sys.exit(done.returncode)


def inside(dockerfile: str, *commands: str) -> None:
    """Take the steps, and run the commands."""
    image = Image()
    for step in steps(ROOT / dockerfile):
        print(f"-- {step.kind} {step.text}", flush=True)
        image.take(step)
    for command in commands:
        print(f"-- {command}", flush=True)
        image.run(["/bin/bash", "-euo", "pipefail", "-c", command])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
