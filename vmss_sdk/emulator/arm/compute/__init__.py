"""Microsoft.Compute: scale sets, their instances, rolling upgrades, Flexible virtual machines."""
