"""Serve a built site from this machine, and stand in for every other server there is."""

import contextlib
import datetime
import functools
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import BrowserContext, sync_playwright

from tests.browser.lab import _CHROMIUM_ARGS, CHROMIUM

# What Chromium itself asks its maker for, whatever page is open, in spite of its arguments.
_CHROMIUMS_OWN = {
    "accounts.google.com", "android.clients.google.com", "clients2.google.com",
    "content-autofill.googleapis.com", "optimizationguide-pa.googleapis.com",
    "update.googleapis.com",
}  # fmt: skip


@dataclass
class Served:
    """A folder that is served, and what was asked for: the host, and the path."""

    port: int
    asked: list[tuple[str, str]] = field(default_factory=list)


@contextlib.contextmanager
def serving(folder: Path, prefix: str = "/", certificate: Path | None = None) -> Iterator[Served]:
    """Serve a folder under a path of this machine, over https with a certificate."""
    served = Served(0)

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            host = self.headers.get("Host", "").partition(":")[0]
            if host not in _CHROMIUMS_OWN:
                served.asked.append((host, self.path))

        def translate_path(self, path: str) -> str:
            inside = path.startswith(prefix)
            return super().translate_path("/" + path[len(prefix) :] if inside else "/nothing")

        def end_headers(self) -> None:
            self.send_header("Access-Control-Allow-Origin", "*")
            super().end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # a browser that leaves is no error
    served.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def own_certificate(folder: Path) -> Path:
    """Write a key and a certificate of its own, and return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stand-in")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextlib.contextmanager
def browser_without_web(elsewhere: Served) -> Iterator[BrowserContext]:
    """Yield a fresh Chromium for which every other host is a stand-in on this machine."""
    rules = f"MAP * 127.0.0.1:{elsewhere.port}, EXCLUDE 127.0.0.1"
    arguments = [*_CHROMIUM_ARGS, f"--host-resolver-rules={rules}", "--ignore-certificate-errors"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        context.set_default_timeout(240_000)
        yield context
        browser.close()
