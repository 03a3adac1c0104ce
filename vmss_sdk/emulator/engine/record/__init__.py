"""What a scale set is: its data, its instances, and the kernel that runs what is due."""
