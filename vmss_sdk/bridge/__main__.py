"""``python -m vmss_sdk.bridge``: serve the program that started this one.

``--module-path`` prints where the PowerShell module is instead, and ``--shapes`` what it has to know of the models.
"""

import json
import os
import sys
from pathlib import Path

__all__ = ["main", "module_path", "shapes"]


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


def shapes() -> str:
    """Type names and members of all models, as the PowerShell module keeps them in Private/Shapes.json."""
    from vmss_sdk.bridge.shapes import member_names

    lines = [f" {json.dumps(name)}: {json.dumps(shape)}" for name, shape in sorted(member_names().items())]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Serve until standard input ends, then end at once, whatever is under way."""
    questions = {"--module-path": lambda: f"{module_path()}\n", "--shapes": shapes}
    if (answer := questions.get(" ".join(sys.argv[1:]))) is not None:
        sys.stdout.write(answer())
        return
    from vmss_sdk.bridge import stdio

    stdio.ignore_interrupts()
    writer = stdio.Writer(stdio.take_stdout())
    from vmss_sdk.bridge.bridge import Bridge

    Bridge(writer.write).run(stdio.lines(sys.stdin.buffer))
    os._exit(0)  # threads that wait for Azure must not keep the process


if __name__ == "__main__":
    main()
