"""Small programs that use pykafka as it is used: `producer`, `consumer`, `group` and `topics` are the examples."""
