"""``python -m vmss_sdk.cli`` is ``vmss``."""

import sys

from vmss_sdk.cli import main

sys.exit(main())
