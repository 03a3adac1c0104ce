"""How a scale set is written to: create, change, delete; merge, judge, commit, act."""
