"""The guest of an instance: extensions, scripts, run commands, health."""
