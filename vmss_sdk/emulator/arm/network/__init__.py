"""What the network provider shows of instances: their interfaces and addresses, and what these are attached to."""
