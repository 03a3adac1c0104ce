"""The control plane: what only an emulator has."""
