"""Actions on many instances: scaling, overprovisioning, attaching, moving between zones, eviction."""
