"""The words with which work on an instance fails, by the code of the failure (wire.md 4, 7)."""

__all__ = ["EXTENSION", "PROVISIONING", "PROVISIONING_OTHER"]

# recorded, up to the script's own words
EXTENSION = (
    "VM has reported a failure when processing extension '{extension}' (publisher '{publisher}' and type '{type}')."
    " Error message: 'Enable failed: failed to execute command: command terminated with exit status=1'."
)

PROVISIONING: dict[str, str] = {
    # recorded
    "OSProvisioningTimedOut": (
        "OS provisioning failure has reached terminal state and is non-recoverable for VM '{vm}'. Consider running the"
        " Reimage operation or recreating this virtual machine. Additional Details: OS Provisioning for VM '{vm}' did"
        " not finish in the allotted time. The VM may still finish provisioning successfully. Please check provisioning"
        " state later. For details on how to check current provisioning state of Windows VMs, refer to"
        " https://aka.ms/WindowsVMLifecycle and Linux VMs, refer to https://aka.ms/LinuxVMLifecycle."
    ),
    # recorded
    "VMStartTimedOut": (
        "VM '{vm}' did not start in the allotted time. The VM may still start successfully. Please check the power"
        " state later."
    ),
    # CHOICE: the code is Azure's
    "ZonalAllocationFailed": (
        "Allocation failed. We do not have sufficient capacity for the requested VM size in the zone of VM '{vm}'."
    ),
    # recorded
    "InternalExecutionError": "An internal execution error occurred.",
    # recorded
    "DiskProcessingError": (
        "One or more errors occurred while preparing VM disks. See disk instance view for details."
    ),
}
PROVISIONING_OTHER = "Provisioning of VM '{vm}' failed."  # CHOICE
