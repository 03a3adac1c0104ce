"""Run commands: scripts that are kept as resources of an instance."""

from __future__ import annotations

from enum import StrEnum

import attrs

from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.common.states import ProvisioningState
from vmss_sdk.emulator.engine.record.execution import Execution
from vmss_sdk.emulator.engine.record.operation import Operation

__all__ = ["CommandKind", "RunCommand"]


class CommandKind(StrEnum):
    """The two families of run commands, as their resource types are written."""

    MANAGED = "runCommands"
    DIAGNOSTIC = "diagnosticRunCommands"


@attrs.define(eq=False, kw_only=True)
class RunCommand:
    """A run command of an instance.

    Attributes:
        kind: Its family.
        name: As it was created.
        document: Location, tags and properties; secrets are gone, as nothing here needs them.
        writing: What its state is while the last write of it goes on.
        operation: That write.
        execution: The last run of its script.
    """

    kind: CommandKind
    name: str
    document: Document = attrs.field(repr=False)
    writing: ProvisioningState
    operation: Operation
    execution: Execution | None = None

    @property
    def provisioning(self) -> ProvisioningState:
        """Whether the platform did its work; how the script ended is told by the execution."""
        if self.operation.ended_at is None:
            return self.writing
        return ProvisioningState.FAILED if self.operation.failure else ProvisioningState.SUCCEEDED
