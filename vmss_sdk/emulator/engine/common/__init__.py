"""Common parts of the engine: documents, reasons to refuse, names of states."""
