"""Counts and logs what a server answers."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.arm.errors import ArmError
from vmss_sdk.emulator.arm.service_faults import NoAnswerError
from vmss_sdk.transport.base import Request, Response

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.control.counts import Metrics
    from vmss_sdk.emulator.incoming import Service

__all__ = ["LOG_FORMATS", "Measured", "log_as_json"]

LOG_FORMATS = ("text", "json")
"""``text``: what goes wrong, one line each; ``json``: each answer too, one JSON object a line."""

_requests = logging.getLogger("vmss_sdk.emulator.requests")


@attrs.frozen
class Measured:
    """A service whose answers are counted, and logged where that is wanted.

    Attributes:
        service: Who answers.
        metrics: Where they are counted.
    """

    service: Service
    metrics: Metrics

    def refusal(self, head: Request, error: ArmError | None = None) -> Response | None:
        """As `Service.refusal`."""
        began = time.perf_counter()
        response = self.service.refusal(head, error)
        if response is not None:
            self._answered(head, response, began)
        return response

    def handle(self, request: Request) -> Response:
        """As `Service.handle`."""
        began = time.perf_counter()
        try:
            response = self.service.handle(request)
        except NoAnswerError:
            self._answered(request, None, began)
            raise
        self._answered(request, response, began)
        return response

    def _answered(self, request: Request, response: Response | None, began: float) -> None:
        seconds = time.perf_counter() - began
        status = 0 if response is None else response.status
        self.metrics.count(request.method, status, seconds)
        if not _requests.isEnabledFor(logging.INFO):
            return
        fields = {
            "method": request.method,
            "path": request.url.partition("://")[2].partition("/")[2].partition("?")[0],  # a query may hold a signature
            "status": status,
            "milliseconds": round(seconds * 1000, 3),
            "requestId": "" if response is None else response.headers.get("x-ms-request-id", ""),
        }
        fields["path"] = _shown(f"/{fields['path']}")
        _requests.info("request", extra={"fields": fields})


def log_as_json() -> None:
    """Write each log record, and each answer, as one JSON object a line to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonFormatter())
    log = logging.getLogger("vmss_sdk")
    log.handlers[:] = [handler]
    log.propagate = False
    log.setLevel(logging.WARNING)
    _requests.setLevel(logging.INFO)


def _shown(path: str) -> str:
    """Without the secret that the address of the managed identity endpoint has."""
    return "/_identity/…" if path.lower().startswith("/_identity/") else path


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """One JSON object; whatever was logged, it is one line."""
        found: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            found["exception"] = self.formatException(record.exc_info)
        return json.dumps(found)
