"""What surrounds a scale set: clock, settings, timings, seeded randomness, images, handlers, faults."""
