"""HTTPS beside the client under test: resource groups and the emulator's control plane."""

import json
import ssl
from http.client import HTTPResponse, HTTPSConnection
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from azure.identity import ClientSecretCredential

__all__ = ["Answer", "Backdoor"]


class Answer(NamedTuple):
    """An HTTP answer of any status."""

    status: int
    headers: Any
    body: Any


class Backdoor:
    """Talks to the emulator's server with the standard library alone, over one connection; threads take turns."""

    def __init__(self, endpoint: str, subscription: str, ca: str, credential: ClientSecretCredential) -> None:
        self.endpoint = endpoint
        self.subscription_path = f"/subscriptions/{subscription}"
        self._credential = credential
        self._lock = Lock()
        self._connection = HTTPSConnection(urlsplit(endpoint).netloc, timeout=30, context=_trusting(ca))

    def send(self, method: str, path: str, body: Any = None) -> Answer:
        """Send one request and decode the answer, whatever its status."""
        token = self._credential.get_token(f"{self.endpoint}/.default").token
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        answer, text = self._ask(method, path, None if body is None else json.dumps(body).encode(), headers)
        return Answer(answer.status, answer.headers, json.loads(text) if text else None)

    def read(self, url: str) -> tuple[str, bytes]:
        """The type and the content of what is at an address of this server, without a token."""
        answer, content = self._ask("GET", url.removeprefix(self.endpoint), None, {})
        assert answer.status == 200, content
        return answer.headers["Content-Type"], content

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        with self._lock:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            return answer, answer.read()

    def create_resource_group(self, name: str) -> None:
        """What azure-mgmt-resource is for."""
        path = f"{self.subscription_path}/resourceGroups/{name}?api-version=2021-04-01"
        assert self.send("PUT", path, {"location": "westus2"}).status in (200, 201)

    def advance(self, seconds: float) -> None:
        """Move the emulator's clock forward."""
        assert self.send("POST", "/_emulator/clock", {"advance": seconds}).status == 200

    def make_unhealthy(self, group: str, name: str, *instance_ids: str) -> None:
        """Have instances report themselves unhealthy from now on."""
        self._fault(group, name, {"kind": "health", "instanceIds": list(instance_ids), "state": "Unhealthy"})

    def unhealthy_after_upgrade(self, group: str, name: str) -> None:
        """Have every instance come up unhealthy once it is upgraded."""
        self._fault(group, name, {"kind": "unhealthyAfterUpgrade"})

    def fail_next_provisioning(self, group: str, name: str, instance_id: str) -> None:
        """Have the next creation, reimage or upgrade of an instance fail."""
        self._fault(group, name, {"kind": "provisioningFailure", "instanceIds": [instance_id], "count": 1})

    def script_answer(self, group: str, name: str, **answer: Any) -> None:
        """Say what scripts answer."""
        self._fault(group, name, {"kind": "scriptAnswer", **answer})

    def machine_names(self, group: str, name: str, *names: str) -> None:
        """Say how the next virtual machines of a Flexible scale set are called."""
        self._fault(group, name, {"kind": "machineNames", "names": names})

    def remove_faults(self, group: str, name: str) -> None:
        """Take all faults away."""
        assert self.send("DELETE", self._control(group, name, "faults")).status == 204

    def models_on_disks(self, group: str, name: str) -> dict[str, int]:
        """From which version of the model each OS disk was made, counted from 1: custom data is never shown itself."""
        found: dict[str, int] = {}
        for entry in self.send("GET", self._control(group, name, "decisions")).body["value"]:
            figures = entry["figures"]
            if entry["kind"] == "ScaledOut" or figures.get("effect") == "swap":
                found |= dict.fromkeys(entry["instanceIds"], figures["version"])
            elif entry["kind"] == "Reimaged":
                found |= dict.fromkeys(entry["instanceIds"], figures["from_model"])
        return found

    def _fault(self, group: str, name: str, fault: dict[str, Any]) -> None:
        assert self.send("POST", self._control(group, name, "faults"), fault).status in (200, 201)

    def _control(self, group: str, name: str, what: str) -> str:
        return f"/_emulator{self.subscription_path}/resourceGroups/{group}/scaleSets/{name}/{what}"


def _trusting(ca: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca)
