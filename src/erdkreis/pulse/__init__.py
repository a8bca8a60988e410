"""Beside the loop: short repeated questions for those who work there, and a model of waiting."""
