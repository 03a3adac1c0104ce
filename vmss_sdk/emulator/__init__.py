"""The emulator: the upgrade machinery of Azure Virtual Machine Scale Sets, and the REST face over it."""
