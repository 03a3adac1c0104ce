"""What every room of the engine uses: documents and refusals."""
