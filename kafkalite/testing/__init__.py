"""What users of kafkalite and implementers of its seams test with."""
