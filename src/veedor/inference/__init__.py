"""Numerical methods without opinions: arrays in, estimates out. Pure, vectorised, each with its published source."""
