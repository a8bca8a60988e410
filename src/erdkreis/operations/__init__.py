"""Whether it runs: what is done by the clock, what is amiss, and pages for whoever runs it."""
