"""How dates are written, where that differs from what comes with Django."""
