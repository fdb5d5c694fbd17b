"""The parts of the benchmark: brokers to measure, load to put on them, figures and their report."""
