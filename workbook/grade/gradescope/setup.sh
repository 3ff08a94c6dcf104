#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image.
#
#   setup.sh [FOLDER]      FOLDER, in which source/ is, is /autograder if not given.
set -euo pipefail
folder=${1:-/autograder}
umask 022

has_venv() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null; }

apt-get update -qq
install bubblewrap python3-venv
# Ubuntu 22.04's own Python is too old.
python=
for one in python3 python3.13 python3.12 python3.11; do
  if has_venv "$one"; then python=$one; break; fi
done
if [ -z "$python" ]; then
  install python3.11 python3.11-venv
  python=python3.11
fi

# Student code runs as a user of its own, who must be able to read Python and its packages.
"$python" -m venv "$folder/venv"
wheels=("$folder"/source/*.whl)
"$folder/venv/bin/pip" install --quiet "${wheels[0]}[grade]"
# Each submission begins with the image as it is now: what takes seconds to make is made here, such as
# matplotlib's list of fonts, in the folder where the grader looks for it.
"$folder/venv/bin/python" -m compileall -q "$folder/venv" >/dev/null || true
MPLCONFIGDIR="$folder/cache/backprop-workbook/matplotlib" \
  "$folder/venv/bin/python" -I -c 'import matplotlib.font_manager'

# Hidden tests, solutions and the secret of the seeds: for nobody but root.
chown -R "$(id -u):$(id -g)" "$folder/source"
chmod -R go= "$folder/source"
