"""How requests travel: over HTTP, or to an emulator in this process."""
