"""The council's half: the reference gateway. Imported by its own entry point and by tests, and by nothing else."""
