"""Boot diagnostics: signed addresses on this host, and what is there until the signature is over.

Source: the API description of retrieveBootDiagnosticsData (never recorded); the answers of the blob service as
documented for Azure Storage.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from html import escape
from urllib.parse import quote, urlencode

from vmss_sdk import wire
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.places import Place
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.views import boot
from vmss_sdk.emulator.arm.views.common import moment_of
from vmss_sdk.emulator.engine.common.refusals import Reason, Refused
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["read_blob", "retrieve"]

_MINUTES = "sasUriExpirationTimeInMinutes"
_DEFAULT, _MOST = 120, 1440
_VERSION = "2018-03-28"
_DENIED = (
    403,
    "AuthenticationFailed",
    "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly"
    " including the signature.",
)
_ABSENT = (404, "BlobNotFound", "The specified blob does not exist.")


def retrieve(place: Place, call: Call) -> Reply:
    """Signed addresses of the screenshot and of the serial log."""
    scale_set, instance = place.find(call)
    expiry = call.state.now + 60 * _minutes(call)
    if not boot.diagnostics(scale_set, instance).get("enabled"):
        raise Refused.because(Reason.BOOT_DIAGNOSTICS_OFF, vm=instance.name)
    document = {member: _signed(call, scale_set, instance, name, expiry) for member, name in boot.BLOBS.items()}
    return Reply(200, document)


def read_blob(call: Call) -> Reply:
    """What a signed address leads to; errors are XML, as the blob service's are."""
    path = "/".join(call.values[name] for name in ("account", "container", "blob"))
    if not _is_valid(call, path):
        return _error(call, *_DENIED)
    found = _find(call, call.values["container"], call.values["blob"])
    if found is None:
        return _error(call, *_ABSENT)
    kind, content = found
    headers = {"Content-Type": kind, "x-ms-blob-type": "BlockBlob", "x-ms-version": _VERSION}
    return Reply(200, None, headers, content)


def _minutes(call: Call) -> int:
    text = call.query.get(_MINUTES.lower(), "") or str(_DEFAULT)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= _MOST):
        why = f"expected a whole number from 1 to {_MOST}."
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter=_MINUTES, why=why)
    return int(text)


def _signed(call: Call, scale_set: ScaleSet, instance: Instance, name: str, expiry: float) -> str:
    container, blob = boot.blob_of(instance, name)
    path = f"{boot.account(scale_set, instance)}/{container}/{blob}"
    until = wire.format_time(moment_of(float(int(expiry)))).replace("+00:00", "Z")
    query = {"sv": _VERSION, "sr": "b", "sig": _signature(call, path, until), "se": until, "sp": "r"}
    return f"{call.url.base}/_blob/{quote(path)}?{urlencode(query)}"


def _is_valid(call: Call, path: str) -> bool:
    until = call.query.get("se", "")
    if not hmac.compare_digest(_signature(call, path, until).encode(), call.query.get("sig", "").encode()):
        return False
    return call.state.now < wire.parse_time(until).timestamp()


def _signature(call: Call, path: str, until: str) -> str:
    key = seeded_random.letters(call.state.settings.seed, 32, "blob signatures").encode()
    return base64.b64encode(hmac.digest(key, f"{path}\n{until}".encode(), hashlib.sha256)).decode()


def _find(call: Call, container: str, blob: str) -> tuple[str, bytes] | None:
    """Type and content; CHOICE: what was signed can be read as long as the machine is there."""
    for scale_set in call.state.aggregates_of():
        for instance in scale_set.instances.values():
            for name in boot.BLOBS.values():
                if boot.blob_of(instance, name) == (container, blob):
                    return boot.content(scale_set, instance, name)
    return None


def _error(call: Call, status: int, code: str, message: str) -> Reply:
    time = wire.format_time(moment_of(call.state.now)).replace("+00:00", "Z")
    words = escape(f"{message}\nRequestId:{call.request_id}\nTime:{time}", quote=False)
    text = f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{words}</Message></Error>'
    headers = {"Content-Type": "application/xml", "x-ms-error-code": code, "x-ms-version": _VERSION}
    return Reply(status, None, headers, text.encode())
