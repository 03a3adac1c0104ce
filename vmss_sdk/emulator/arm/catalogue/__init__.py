"""What Azure offers in a region: images, sizes, extension handlers, and how much of it may be used."""
