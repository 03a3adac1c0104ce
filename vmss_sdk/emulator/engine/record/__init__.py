"""The record of a scale set: its data, its instances, and the kernel that runs due activities."""
