"""Views: the engine's data as the documents that Azure answers with."""
