"""Names of Azure lead to an emulator on this machine, in an interpreter that has this folder on its ``PYTHONPATH``.

For clients that have no setting for where Azure is. What a user does with a line in the file of hosts and a server on
port 443 is done here in the process alone: ``AZURE_NAMES_PORT`` is the emulator's port. Every other name is refused, so
that nothing leaves this machine.
"""

import os
import socket
from typing import Any

_AZURE = {"management.azure.com", "login.microsoftonline.com"}
_OWN = {"localhost", "127.0.0.1", "::1", "", None}
_look_up = socket.getaddrinfo


def _lead(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if name in _AZURE:
        return _look_up("127.0.0.1", int(os.environ["AZURE_NAMES_PORT"]), *args, **kwargs)
    if name not in _OWN:
        raise socket.gaierror(socket.EAI_NONAME, f"{name} is not this machine, and no name of Azure's emulated ones")
    return _look_up(host, port, *args, **kwargs)


socket.getaddrinfo = _lead
