"""``vmss create``: the template of a scale set with all that it needs, as az makes it."""
