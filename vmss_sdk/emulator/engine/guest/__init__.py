"""What happens inside an instance: extensions, scripts, run commands, health."""
