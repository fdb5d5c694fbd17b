"""Record batches: headers read in place, records built, walked, compressed, converted and validated."""
