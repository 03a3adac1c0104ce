"""What is in the engine, as the documents that Azure answers with."""
