"""ARM templates: expressions, parameters, loops, conditions, dependencies. Pure: no HTTP, no clock, no files.

A template and its parameters go in, a `Plan` comes out: which resources, in which order, and what each one's body is
once those it needs are there. Source of the language: https://aka.ms/arm-syntax, https://aka.ms/arm-functions.
"""
