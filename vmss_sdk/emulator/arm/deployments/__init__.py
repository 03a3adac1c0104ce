"""Microsoft.Resources/deployments: templates are deployed, resource by resource, in the emulator's time."""
