"""``python -m vmss_sdk.bridge``: serve the program that started this one."""

import os
import sys
from pathlib import Path

__all__ = ["main", "module_path"]


def module_path() -> Path:
    """Where the PowerShell module VmssSdk is: in the package, or beside it in a source checkout.

    Raises:
        FileNotFoundError: It is at neither place.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "powershell", package.parent / "powershell"):
        if (folder / "VmssSdk" / "VmssSdk.psd1").exists():
            return folder / "VmssSdk"
    raise FileNotFoundError("this installation of vmss-sdk has no PowerShell module")


def main() -> None:
    """Serve until standard input ends, then end at once, whatever is under way."""
    if "--module-path" in sys.argv[1:]:
        print(module_path())
        return
    from vmss_sdk.bridge import stdio

    stdio.ignore_interrupts()
    writer = stdio.Writer(stdio.take_stdout())
    from vmss_sdk.bridge.bridge import Bridge

    Bridge(writer.write).run(stdio.lines(sys.stdin.buffer))
    os._exit(0)  # threads that wait for Azure must not keep the process


if __name__ == "__main__":
    main()
