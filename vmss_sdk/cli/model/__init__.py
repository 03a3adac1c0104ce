"""Models as the command line names them: az's flattened paths, values by the schema, what differs between two."""
