"""Every bound in the system that is not a Kafka property, with the reason for its value.

Where Kafka has a property for a bound (``socket.request.max.bytes``, ``message.max.bytes``), the property decides and
nothing stands here.
"""

from __future__ import annotations

RECORD_WALK_MAX_COUNT = 8
"""Batches with at most this many records are checked record by record; larger ones by header and CRC alone, so that
the cost of a Produce does not grow with the number of records (0.35 us each in Python)."""

SEGMENT_PREALLOCATION_BYTES = 16 * 1024 * 1024
"""Step in which a segment file is given disk space ahead of its end: writing into allocated space costs about half of
extending the file, and one step bounds what an unclean stop leaves allocated and unused."""
