"""In which order an experiment is written down, and which of it those touched would feel."""

# The four pages of the form, each saved on its own.
STEPS: tuple[tuple[str, ...], ...] = (
    ("title", "question", "change"),
    ("expectation", "surprise", "watch_other"),
    ("guard", "stop_sign"),
    (
        "effort_hours", "effort_money", "time_freed_from", "starts_on", "ends_on", "review_on",
        "owner", "owner_person", "helper",
    ),
)  # fmt: skip
N_STEPS = len(STEPS)
STEP_OF = {name: number for number, names in enumerate(STEPS, start=1) for name in names}

# What must be written before those touched are asked.
NEEDED = (
    "title", "question", "change", "expectation", "surprise", "watch_other", "guard", "stop_sign",
    "effort_hours", "time_freed_from", "starts_on", "ends_on", "review_on", "owner",
)  # fmt: skip

# Written before the start and never again: what follows is told beside it.
LOCKED = ("expectation", "surprise")
# What may be changed after the start, with a reason that everyone reads.
AMENDABLE = (
    "change", "expectation", "surprise", "watch_other", "guard", "stop_sign", "effort_hours",
    "effort_money", "time_freed_from", "ends_on", "review_on", "owner", "helper",
)  # fmt: skip
# Whoever agreed, agreed to these: when they change, people are asked again.
FELT = ("change", "guard", "stop_sign", "starts_on", "ends_on")
