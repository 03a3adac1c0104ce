"""A real browser with a page of another site: it changes nothing in an emulator, and reads nothing of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.browser.chromium import EVIL, browser
from tests.serving import SecureServer, served

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

GROUP = "/subscriptions/s/resourceGroups/stays?api-version=2021-04-01"
DEADLINE = 30

ATTACK = """async ([base, group]) => {
  const seen = [];
  const note = (what, text) => { if (text) seen.push(what + ': ' + text); };
  const kinds = {'Content-Type': 'text/plain'};
  const bodies = [['/_emulator/clock', '{"advance": 60}'], ['/_emulator/reset', ''], ['//_emulator/reset', ''],
                  ['/_emulator/principals', '{"name": "evil", "role": "Owner"}'],
                  ['/_emulator/faults', '{"kind": "throttle"}'],
                  [group.replace('?', '/moveResources?'), '{}']];
  const patient = promise => Promise.race([promise, new Promise(done => setTimeout(done, 5000))]);
  const tried = async (what, make) => {
    try { const answer = await patient(make()); note(what, answer && answer.type !== 'opaque' && await answer.text()); }
    catch (error) { }
  };
  for (const [path, body] of bodies) {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      await tried('no-cors', () => fetch(base + path,
        {method: 'POST', mode: 'no-cors', headers: {'Content-Type': type}, body}));
    await tried('blob', () => fetch(base + path, {method: 'POST', mode: 'no-cors', body: new Blob([body])}));
    await tried('credentials', () => fetch(base + path,
      {method: 'POST', mode: 'no-cors', credentials: 'include', keepalive: true, body}));
    navigator.sendBeacon(base + path, body);
  }
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    await tried(method, () => fetch(base + group,
      {method, headers: {'Content-Type': 'application/json'}, body: '{"location": "westus"}'}));
  for (const path of ['/_emulator/status', '/_emulator/principals', group, '/metadata/endpoints',
                      '/metadata/identity/oauth2/token?resource=https://management.azure.com']) {
    await tried('read', () => fetch(base + path));
    await tried('read with header', () => fetch(base + path, {headers: {Metadata: 'true'}}));
    await tried('read no-cors', () => fetch(base + path, {mode: 'no-cors'}));
    await patient(new Promise(done => {
      const request = new XMLHttpRequest();
      request.onloadend = () => { note('xhr', request.responseText); done(); };
      request.open('GET', base + path); request.send();
    }));
    await patient(new Promise(done => {
      const frame = document.createElement('iframe');
      frame.onload = () => { try { note('frame', frame.contentDocument.body.innerText); } catch (error) { } done(); };
      frame.src = base + path; document.body.append(frame);
    }));
    for (const tag of ['script', 'img'])
      await patient(new Promise(done => {
        const element = document.createElement(tag);
        element.onload = () => { note(tag, 'loaded'); done(); };
        element.onerror = done;
        element.src = base + path; document.body.append(element);
      }));
  }
  for (const path of ['/_emulator/reset', '/_emulator/clock'])
    await patient(new Promise(done => {
      const frame = document.createElement('iframe');
      frame.name = 'target' + Math.random(); frame.onload = done; document.body.append(frame);
      const form = document.createElement('form');
      form.action = base + path; form.method = 'POST'; form.enctype = 'text/plain'; form.target = frame.name;
      const field = document.createElement('input');
      field.name = '{"advance": 60, "x": "'; field.value = '"}'; form.append(field); document.body.append(form);
      form.submit();
    }));
  await new Promise(done => {
    const socket = new WebSocket(base.replace('http', 'ws') + '/_emulator/status');
    socket.onopen = () => { note('socket', 'open'); done(); }; socket.onerror = done; setTimeout(done, 5000);
  });
  return seen;
}"""
"""All that a page can send, with and without a preflight; it gives what the page got to see."""


class _Recorder(ThreadingHTTPServer):
    """Answers everything with an empty page, or with what it was given, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str]] = []


class _Handler(BaseHTTPRequestHandler):
    server: _Recorder

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path))
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT = do_OPTIONS = do_GET  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def recorder() -> Generator[_Recorder]:
    """A server that lets everything happen."""
    with _Recorder() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One browser for all of these tests."""
    with browser(tmp_path_factory.mktemp("chromium")) as context:
        yield context


@pytest.fixture(scope="module")
def pages() -> Iterator[int]:
    """The port of a server with pages that are somebody else's."""
    with recorder() as server:
        yield int(server.server_address[1])


@pytest.fixture(scope="module")
def emulator() -> Iterator[str]:
    """A server over plain HTTP, as a developer has it."""
    with served() as url:
        yield url


def attacked(context: BrowserContext, page_url: str, base: str) -> list[str]:
    """What a page at that address got to see when it had tried everything."""
    page = context.new_page()
    try:
        page.goto(page_url)
        found: list[str] = page.evaluate(ATTACK, [base, GROUP])
        return found
    finally:
        page.close()


def told(url: str) -> tuple[Any, ...]:
    """What the emulator holds, as curl sees it."""
    status = requests.get(f"{url}/_emulator/status", timeout=DEADLINE).json()
    faults = requests.get(f"{url}/_emulator/faults", timeout=DEADLINE).json()
    group = requests.get(url + GROUP, timeout=DEADLINE).json()
    return json.dumps(status, sort_keys=True), faults, group


@pytest.mark.parametrize("host", [EVIL, "localhost", "127.0.0.1"])
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_of_another_site_changes_and_reads_nothing(
    chromium: BrowserContext, emulator: str, pages: int, host: str, name: str
) -> None:
    """Of another name, and of another port of this machine, which a browser takes for the same site."""
    made = requests.put(emulator + GROUP, json={"location": "westus"}, timeout=DEADLINE)
    assert made.status_code in (200, 201)
    before = told(emulator)
    base = f"http://{name}:{urlsplit(emulator).port}"
    assert attacked(chromium, f"http://{host}:{pages}/", base) == []
    assert told(emulator) == before


def test_the_page_does_send(chromium: BrowserContext, pages: int) -> None:
    """What was sent above arrives where nobody refuses it: the browser does send it."""
    with recorder() as naive:
        attacked(chromium, f"http://localhost:{pages}/", f"http://127.0.0.1:{naive.server_address[1]}")
        assert naive.asked.count(("POST", "/_emulator/reset")) > 5
        assert ("GET", "/_emulator/status") in naive.asked
        assert ("OPTIONS", GROUP) in naive.asked


def test_a_name_that_was_made_to_mean_this_machine(chromium: BrowserContext, emulator: str) -> None:
    """To such a page the emulator is of its own site, and still not a server of that name."""
    requests.put(emulator + GROUP, json={"location": "westus"}, timeout=DEADLINE)
    before = told(emulator)
    base = f"http://{EVIL}:{urlsplit(emulator).port}"
    seen = attacked(chromium, f"{base}/metadata/endpoints", base)
    assert all("MisdirectedRequest" in text or text == "img: loaded" for text in seen), seen
    assert told(emulator) == before


def test_the_same_over_https(chromium: BrowserContext, secure: SecureServer, pages: int) -> None:
    """Also for a browser that trusts the certificate: no principal is added, and no token given."""
    assert attacked(chromium, f"http://localhost:{pages}/", secure.url) == []
    owner = {"Authorization": f"Bearer {(secure.home / 'owner.secret').read_text()}"}
    found = requests.get(f"{secure.url}/_emulator/principals", headers=owner, verify=secure.ca, timeout=DEADLINE).json()
    assert "evil" not in [principal["name"] for principal in found["value"]]


def test_a_page_of_the_server_itself_may(chromium: BrowserContext, emulator: str) -> None:
    """Its own pages can use the control plane and Azure's paths."""
    page = chromium.new_page()
    page.goto(f"{emulator}/_emulator/status")
    call = """async path => {
      const answer = await fetch(path, {method: 'POST', body: '{"advance": 1}'});
      return [answer.status, (await answer.json()).now !== undefined];
    }"""
    assert page.evaluate(call, "/_emulator/clock")[0] == 200
    page.close()
