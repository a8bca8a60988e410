"""Circle meetings: a plan from the picture, cards and script on paper, one page of minutes."""
