"""Generated classes of the records in internal topics and of control records; `registry` finds them lazily."""
