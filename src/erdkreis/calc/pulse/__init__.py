"""Answers to short repeated questions: a band for each date, and what may be said of a trend."""

from erdkreis.calc.pulse.band import Band, band_of
from erdkreis.calc.pulse.trend import FEWEST_DATES, Point, Trend, Verdict, trend

__all__ = ["FEWEST_DATES", "Band", "Point", "Trend", "Verdict", "band_of", "trend"]
