"""An emulator that foreign programs talk to in a test: its address, their environment, and a way to run them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vmss_sdk.client import VmssClient

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

__all__ = ["EmulatorServer"]

_NEAR = "127.0.0.1,localhost"
_PROXIES = ("NO_PROXY", "no_proxy")
_STRANGE = (
    *("VMSS_ACCESS_TOKEN", "VMSS_AUDIENCE", "VMSS_CA_BUNDLE", "VMSS_STATE"),
    *("AZURE_CLOUD", "AZURE_AUTHORITY_HOST", "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"),
    *("AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_USERNAME", "AZURE_PASSWORD"),
    *("AZURE_FEDERATED_TOKEN_FILE", "AZURE_TOKEN_CREDENTIALS"),
    *("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "MSI_SECRET"),
)
"""What a program under test is not to inherit: it would lead it elsewhere, or to the real Azure with a real secret."""


class EmulatorServer:
    """The emulator of a test over real HTTP, on a free port of this machine.

    It is the same emulator as that of ``vmss_client``. Its time stands still, and skips to the next event whenever a
    client polls, or reads the same again: nobody waits in real time.

    Attributes:
        url: Without a slash at the end.
        subscription_id: The one in the environment; the emulator takes any.
    """

    def __init__(self, url: str, subscription_id: str, folder: Path, open_until: ExitStack) -> None:
        """For the SDK's own use: see the fixture ``vmss_server``."""
        self.url = url
        self.subscription_id = subscription_id
        self._folder = folder
        self._open_until = open_until

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which programs find it.

        ``VMSS_ENDPOINT``, ``AZURE_SUBSCRIPTION_ID``; ``NO_PROXY``, because many take a proxy even to this machine; and
        ``AZURE_CONFIG_DIR``, an empty profile: az in a script under test is not logged in to the real Azure.
        """
        passed_by = {name: ",".join(filter(None, [os.environ.get(name), _NEAR])) for name in _PROXIES}
        return {
            "VMSS_ENDPOINT": self.url,
            "AZURE_SUBSCRIPTION_ID": self.subscription_id,
            "AZURE_CONFIG_DIR": str(self._folder / "azure"),
            **passed_by,
        }

    def client(self, **options: Any) -> VmssClient:
        """A client over HTTP, which is closed when the test ends.

        Args:
            **options: As for `VmssClient`.
        """
        made = self._make_client({"endpoint": self.url, **options})
        self._open_until.callback(made.close)
        return made

    def _make_client(self, options: dict[str, Any]) -> VmssClient:
        return VmssClient(options.pop("subscription_id", self.subscription_id), **options)

    def run(
        self,
        *command: str | os.PathLike[str],
        env: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
        input: str | None = None,
        timeout: float = 60.0,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program that talks to the server, and wait for its end, whatever its exit code.

        It gets the variables of this process, but for those that lead to the real Azure, and those of `environment`.
        ``vmss`` and ``python`` are those of this installation.

        Args:
            command: The program and its arguments: ``"bash", "rotate.sh", "web"``.
            env: More variables.
            cwd: Where it runs.
            input: What it reads from its standard input; by default nothing is there.
            timeout: Seconds; then it is killed with everything that it has started.

        Returns:
            ``returncode``, ``stdout`` and ``stderr`` as text.

        Raises:
            subprocess.TimeoutExpired: It took longer; the error has what it said until then.
            FileNotFoundError: There is no such program.
        """
        with subprocess.Popen(
            list(command),
            env=self._variables(env or {}),
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # its children can be ended with it
        ) as process:
            try:
                output, error = process.communicate(input or "", timeout)
            except BaseException:
                _kill(process)
                raise
        return subprocess.CompletedProcess(command, process.returncode, output, error)

    def _variables(self, more: Mapping[str, str]) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in _STRANGE}
        ours = os.pathsep.join(filter(None, [sysconfig.get_path("scripts"), inherited.get("PATH")]))
        return {**inherited, "PATH": ours, **self.environment, **more}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.url!r})"


def _kill(process: subprocess.Popen[str]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
