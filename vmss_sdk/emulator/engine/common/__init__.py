"""What every room of the engine uses: documents, reasons to refuse, the words for states."""
