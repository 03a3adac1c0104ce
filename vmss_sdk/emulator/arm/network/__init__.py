"""Views of the network provider: interfaces and addresses of instances, and what these are attached to."""
