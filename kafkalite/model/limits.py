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

FRAME_FIRST_ALLOCATION_BYTES = 16 * 1024
"""First buffer of a frame that claims to be longer and of which hardly anything came: a length prefix alone, however
large, costs no more than this."""

FRAME_TRUSTED_ALLOCATION_BYTES = 2 * 1024 * 1024
"""Buffer of a frame that did send `FRAME_FIRST_ALLOCATION_BYTES`; it doubles as more arrives. Two MiB hold the largest
produce request of a client with default settings in one piece."""

RECEIVE_BUFFER_BYTES = 256 * 1024
"""The one buffer all connections read into: several times what a socket hands over at once."""

CONNECTION_BACKLOG_BYTES = RECEIVE_BUFFER_BYTES
"""Frames that arrived behind one still being answered; reading stops while there are any, so this cannot be passed."""

SEND_HIGH_WATER_BYTES = 1024 * 1024
"""Unsent reply bytes above which a connection's next request waits: a client that does not read its replies may hold
this much, the replies of one turn (SMALL_REPLIES_BYTES) and one reply."""

DISSECTOR_DECOMPRESSED_MAX_BYTES = 64 * 1024 * 1024
"""What the dissector decompresses of one batch: it shows bytes to a person, and they may come from anywhere."""

SEGMENT_PREALLOCATION_START_BYTES = 256 * 1024
"""Files below this size are given no space ahead: thousands of small partitions and all indexes stay as small as they
are; above it a file is given as much again as it has, up to SEGMENT_PREALLOCATION_BYTES."""

OPEN_FILES_MAX_COUNT = 384
"""How many files of partitions are open at a time: many systems allow a process 1,024 descriptors, and connections
need theirs."""

HEADER_WALK_MAX_COUNT = 64
"""Headers of one record that validation steps over one by one; of a record with more, only its length is believed:
half a million empty headers fit into one message and would hold the loop for 100 ms."""

RECORD_WALK_MAX_BYTES = 256 * 1024
"""What a compressed batch may decompress to and still be checked record by record when no rule demands it: opening
that much costs a fraction of a millisecond."""

DECOMPRESSED_BATCH_MAX_BYTES = 256 * 1024 * 1024
"""What one batch may decompress to where its records must be seen (compacted topics, another codec, old formats);
codecs shrink zeros a thousandfold, so a batch of the default maximum size could ask for a gigabyte."""

SMALL_REPLIES_BYTES = 256 * 1024
"""Replies of one turn up to this size together are joined into one write: a copy is cheaper than a system call. With
more, the frames behind them are answered only once these were written."""

IDLE_CHECK_INTERVAL_MS = 10_000
"""How often idle connections are looked for at the most: it is the precision of ``connections.max.idle.ms``."""

INDEX_PAGE_BYTES = 4080
"""How much of an index is read or written at a time: whole entries of 8 and of 12 bytes in about one disk page."""

INDEX_CACHED_PAGE_COUNT = 8
"""Index pages remembered per segment index: a binary search over the largest index (10 MB) touches 12, the first ones
of which are the same for every search."""

READ_CURSOR_MAX_COUNT = 32
"""Ends of recent fetches remembered per partition with their file position: sequential readers up to this many need
no index search."""

RECOVERY_CHUNK_BYTES = 1024 * 1024
"""How much of a segment recovery reads at a time; a batch that is larger is read whole."""

FLUSH_TOGETHER_MIN_COUNT = 8
"""From this many unflushed logs on, a clean stop flushes the file system once instead of some six files of each log."""

MARKER_RETRY_INTERVAL_MS = 500
"""How soon a marker is tried again on a partition that refused it: readers of committed records wait for it, and the
usual reason, a failed disk, does not pass in an instant."""

REGEX_DEPTH_MAX_COUNT = 200
"""How deep the groups of a subscription's regular expression may nest: enough for anything written by hand, and no
recursion ends in an error of Python's."""

REGEX_STATE_MAX_COUNT = 20_000
"""Size of a subscription's compiled regular expression; a larger one would take milliseconds for each topic."""

REGEX_STEP_MAX_COUNT = 10_000
"""Steps that a regular expression remembers while it is matched against all topics: a few megabytes at most."""

BALANCE_ROUND_MAX_COUNT = 16
"""Rounds in which the uniform assignor evens out members with different subscriptions: few are ever needed, and a bound
keeps a heartbeat short. Source: UniformHeterogeneousAssignmentBuilder."""

SLICE_MAX_MS = 2
"""How long one piece of sliced work may run before the others have their turn: far below what a person or a heartbeat
notices, far above the cost of changing over."""

SLICE_MAX_STEP_COUNT = 64
"""How many steps of a generator make a slice at the most, whatever the clock says: a clock that is turned by hand does
not move by itself, and work must give way under it too."""

TURN_MAX_MS = 10
"""How long all sliced work together may run before sockets are read again: what a quiet client waits for at the most,
whoever else keeps the broker busy."""
