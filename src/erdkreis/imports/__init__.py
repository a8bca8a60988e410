"""What people have already and bring along: own questions, answers, conversations."""
