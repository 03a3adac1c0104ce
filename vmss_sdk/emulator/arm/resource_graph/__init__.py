"""Microsoft.ResourceGraph: questions over all resources, in a subset of the Kusto query language."""
