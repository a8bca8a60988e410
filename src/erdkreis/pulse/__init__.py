"""Beside the loop: the model of load and waiting, for those who work there."""
