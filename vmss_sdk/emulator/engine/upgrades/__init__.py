"""The upgrade modes: automatic, manual and rolling, and what they share."""
