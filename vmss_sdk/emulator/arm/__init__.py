"""The REST face: what Azure Resource Manager and the compute provider answer, over the engine."""
