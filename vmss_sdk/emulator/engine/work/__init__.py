"""Work on one instance: create, power, reimage, disks, repair, delete; and the selection of instances."""
