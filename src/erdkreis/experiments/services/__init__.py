"""What people do with an experiment: shape it, agree to it, run it, look back."""
