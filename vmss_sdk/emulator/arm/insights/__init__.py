"""Microsoft.Insights: the activity log, and the metrics of scale sets and instances."""
