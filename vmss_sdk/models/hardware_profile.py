"""The size of an instance."""

from vmss_sdk.models._base import Model, choice, integer, nested, text
from vmss_sdk.models.enums import ProcessorMode


class VMSizeProperties(Model):
    """How many processors of its size a virtual machine sees."""

    vcpus_available: int | None = integer("vCPUsAvailable", default=None)
    vcpus_per_core: int | None = integer("vCPUsPerCore", default=None)


class HardwareProfile(Model):
    """The size of one instance.

    Attributes:
        vm_size: For example ``Standard_D2s_v5``; `VirtualMachineSizeTypes` has some of them.
        vm_size_properties: How many processors of its size it sees.
        processor_mode: How the processor speed is managed.
    """

    vm_size: str | None = text("vmSize", default=None)
    vm_size_properties: VMSizeProperties | None = nested("vmSizeProperties", VMSizeProperties, default=None)
    processor_mode: ProcessorMode | str | None = choice("processorMode", ProcessorMode, default=None)


class VirtualMachineScaleSetHardwareProfile(Model):
    """What is changed about the size in a scale set's model."""

    vm_size_properties: VMSizeProperties | None = nested("vmSizeProperties", VMSizeProperties, default=None)
    processor_mode: ProcessorMode | str | None = choice("processorMode", ProcessorMode, default=None)
