"""What is done to many instances: scaling, overprovisioning, attaching, moving between zones, eviction."""
