"""Fetches its answer from a web server with urllib."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="an answer fetched from elsewhere",
    answer=STUB
    + """
import http.client
import urllib.request

try:
    text = urllib.request.urlopen(f"http://127.0.0.1:{PORT}/answer.py", timeout=1).read()
    succeeded("fetched an answer")
except (http.client.HTTPException, ConnectionResetError):
    succeeded("sent a request")
except OSError:
    pass
""",
)
