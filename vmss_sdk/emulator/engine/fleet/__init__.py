"""What is done to many instances: scaling, selection, attaching, moving between zones."""
