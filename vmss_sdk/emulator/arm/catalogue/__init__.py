"""The catalogue of a region: images, sizes, extension handlers, and usage limits."""
