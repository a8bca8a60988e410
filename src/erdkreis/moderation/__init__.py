"""Reports, decisions with reasons, and appeals, for whatever people write in other rooms."""
