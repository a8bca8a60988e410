"""The random keys of the rooms above rounds, under the name by which migrations know them."""

from erdkreis.rounds.random_ids import RandomIdField, random_id

__all__ = ["RandomIdField", "random_id"]
