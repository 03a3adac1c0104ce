"""``vmss`` for tests that serve an emulator: its answers are held against Azure's models, see `watch`."""

import sys

from tests.wire.watch import watched_server
from vmss_sdk.cli import main

watched_server()  # here, and so in worker processes too, however they are started

if __name__ == "__main__":
    sys.exit(main())
