"""What is stored, who sees it, when it goes: said from the real settings and the real tables."""
