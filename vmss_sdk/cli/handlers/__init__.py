"""The handlers of commands: thin functions over the client."""
