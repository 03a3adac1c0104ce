"""``python -m vmss_sdk.bridge.emulator_process OPTIONS``: an emulator's server that ends with whoever started it.

It tells its URL, or why there is none, as one line of JSON, and serves until its standard input ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading

__all__ = ["main"]


def main() -> int:
    """Serve with the options in the first argument: JSON of the attributes of `ServerOptions`."""
    from vmss_sdk.emulator import server

    threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        server.serve(server.ServerOptions(**json.loads(sys.argv[1])), _tell_url)
    except (server.CannotServeError, ValueError) as error:
        return _complain(str(error))
    except ModuleNotFoundError as error:
        return _complain(f"the server needs {error.name}: pip install 'vmss-sdk[server]'")
    return 0


def _end_with_input() -> None:
    # Not by sys.stdin: its lock would be held when the server forks, and the worker waits for it for ever.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _tell_url(url: str) -> None:
    print(json.dumps({"url": url}), flush=True)


def _complain(text: str) -> int:
    print(json.dumps({"error": text}), flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
