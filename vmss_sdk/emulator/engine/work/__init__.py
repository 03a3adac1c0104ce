"""What is done to one instance: create, power, reimage, disks, repair, delete; and which ones a request means."""
