"""Identity: principals and their roles, tokens, the endpoints that give them, and the check of every call."""
