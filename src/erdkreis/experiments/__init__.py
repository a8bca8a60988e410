"""Experiments: small, limited, written down before, and looked at again."""
