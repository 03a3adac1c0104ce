"""The platform around a scale set: clock, settings, timings, seeded randomness, images, handlers, faults."""
