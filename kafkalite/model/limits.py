"""Every bound in the system that is not a Kafka property, with the reason for its value.

Where Kafka has a property for a bound (``socket.request.max.bytes``, ``message.max.bytes``), the property decides and
nothing stands here.
"""

from __future__ import annotations

SEGMENT_PREALLOCATION_BYTES = 16 * 1024 * 1024
"""Step in which a segment file is given disk space ahead of its end: writing into allocated space costs about half of
extending the file, and one step bounds what an unclean stop leaves allocated and unused."""

PREALLOCATION_FREE_FACTOR = 8
"""Space is taken ahead only while so many steps of it are free: what a few large files hold ahead must not be what
others cannot write any more."""

PREALLOCATION_RETRY_BYTES = 1024 * 1024
"""How much a file grows before space is asked for again that could not be had: asking costs two system calls."""

FRAME_FIRST_ALLOCATION_BYTES = 16 * 1024
"""First buffer of a frame that claims to be longer and of which hardly anything came: a length prefix alone, however
large, costs no more than this."""

FRAME_UNCOUNTED_MAX_BYTES = 128 * 1024
"""Frames up to this size get a buffer of their full size once `FRAME_FIRST_ALLOCATION_BYTES` of them have come, and are
not counted against ``queued.max.request.bytes``: what they may cost is bounded by the number of connections."""

FRAME_TRUSTED_ALLOCATION_BYTES = 1280 * 1024
"""First buffer of a larger frame: address space, of which only what arrives becomes memory. It holds the largest
produce request of a client with default settings, and is too small for a huge page to make it resident at once."""

SPARE_FRAME_BUFFER_COUNT = 4
"""Buffers of `FRAME_TRUSTED_ALLOCATION_BYTES` that are kept for the next large frame: as many as are usually filled at
the same time, 5 MiB in all."""

FRAME_TRUST_FACTOR = 4
"""A frame that outgrows its buffer gets one of so many times what has arrived: each byte is copied at most 1.33 times,
and a claim costs no address space that the client has not paid for with bytes."""

RECEIVE_BUFFER_BYTES = 256 * 1024
"""The one buffer all connections read into: several times what a socket hands over at once."""

DETACHED_WRITE_MIN_BYTES = RECEIVE_BUFFER_BYTES
"""A lasting buffer larger than this is written in another thread. Up to here a request is in the buffer that all
connections read into, and the write costs less than the way to the thread."""

OVERLAPPING_APPENDS_MAX_COUNT = 64
"""Appends to one partition that are being written at a time, where the storage takes several: its indexes may lack as
many batches."""

CONNECTION_BACKLOG_BYTES = RECEIVE_BUFFER_BYTES
"""Frames that arrived behind one still being answered; reading stops while there are any, so this cannot be passed."""

SEND_HIGH_WATER_BYTES = 64 * 1024
"""Unsent reply bytes in asyncio's hands above which a connection's next piece or request waits until all of them are
sent: a client that does not read its replies costs this much and one piece (`SEND_PIECE_BYTES`)."""

SEND_PIECE_BYTES = 128 * 1024
"""What is read of a stored answer, or handed to asyncio of a large one, at a time."""

SEND_TURN_BYTES = 8 * 1024 * 1024
"""How much of a large answer one connection may send before the others have their turn; a socket seldom takes more."""

STORED_RANGE_MIN_BYTES = 64 * 1024
"""Reads of at least this size are lent to the network as a range of the file; smaller ones are cheaper to copy."""

DOWN_CONVERTED_MAX_BYTES = 1024 * 1024
"""How many bytes of records one Fetch of an old version converts to an old format: they are made in memory, record by
record. More than one batch of the default maximum size would only make clients wait."""

HOST_LOOKUPS_MAX_COUNT = 4
"""Names of hosts that are looked up at the same time, each in a thread; one may take half a minute."""

HOST_NAME_MAX_CHARS = 255
"""Longer names lead nowhere in any name service; they are not tried, for to encode one takes as long as it is."""

DISSECTOR_DECOMPRESSED_MAX_BYTES = 64 * 1024 * 1024
"""What the dissector decompresses of one batch: it shows bytes to a person, and they may come from anywhere."""

SEGMENT_PREALLOCATION_START_BYTES = 256 * 1024
"""Files below this size are given no space ahead: thousands of small partitions and all indexes stay as small as they
are; above it a file is given as much again as it has, up to SEGMENT_PREALLOCATION_BYTES."""

OPEN_FILES_MAX_COUNT = 384
"""How many files of partitions are open at a time: many systems allow a process 1,024 descriptors, and connections
need theirs."""

PRODUCE_SLICE_COUNT = 64
"""Batches of one Produce that are appended before other work has its turn."""

QUICK_BATCH_MAX_BYTES = 16 * 1024
"""Batches up to this size are validated and appended on the spot, unless they open to more than QUICK_OPENED_MAX_BYTES:
however small their records are, that takes a few milliseconds, and ordinarily a tenth of one."""

QUICK_OPENED_MAX_BYTES = 64 * 1024
"""What a small batch may decompress to on the spot."""

RECORD_SLICE_COUNT = 64
"""Records that are checked or converted before other work has its turn: some ten to a hundred microseconds."""

HEADER_SLICE_COUNT = 64
"""Headers of one record that are checked before other work has its turn: half a million empty headers fit into one
message and take 100 ms."""

DECOMPRESSED_BATCH_MAX_BYTES = 256 * 1024 * 1024
"""What one batch may decompress to; codecs shrink zeros a thousandfold, so a batch of the default maximum size could
ask for a gigabyte."""

DECOMPRESSED_IN_FLIGHT_BYTES = 256 * 1024 * 1024
"""Decompressed bytes of all batches under validation from which on the next large one waits: with the one that is being
opened they make the most that compressed batches can hold."""

INLINE_COMPRESSED_MAX_BYTES = 32 * 1024
"""Compressed records up to this size are opened without a thread, unless they open to more than
INLINE_DECOMPRESSED_MAX_BYTES."""

INLINE_DECOMPRESSED_MAX_BYTES = 256 * 1024
"""What is opened without a thread: it takes a fraction of a millisecond, a thread's hop a tenth of one."""

PLAIN_ROOM_MAX_BYTES = 1024 * 1024
"""Larger room for decompressed bytes is taken from the system page by page and not cleared beforehand."""

RECORD_ERRORS_MAX_COUNT = 1000
"""Refused records of one batch that the answer names: a million of them would make an answer of a hundred megabytes."""

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

FAULT_REPEAT_INTERVAL_MS = 60_000
"""How often a fault that goes on is told again, with its count: clients try many times a second."""

STORAGE_UPKEEP_INTERVAL_MS = 1_000
"""How often what a full disk refused is tried again, and removed files are looked for whose time is up: within a second
of `file.delete.delay.ms` they are gone."""

MARKER_RETRY_INTERVAL_MS = 500
"""How soon a marker is tried again on a partition that refused it: readers of committed records wait for it, and the
usual reason, a failed disk, does not pass in an instant."""

REGEX_DEPTH_MAX_COUNT = 200
"""How deep the groups of a subscription's regular expression may nest: enough for anything written by hand, and no
recursion ends in an error of Python's."""

REGEX_TEXT_MAX_LENGTH = 32_767
"""Characters of a regular expression: reading these takes some ten milliseconds; strings of old versions end here."""

REGEX_LETTER_MAX_COUNT = 1_000
"""Different characters beside ASCII in a regular expression: each makes every set of characters larger."""

REGEX_STATE_MAX_COUNT = 20_000
"""Size of a client's compiled regular expression; a larger one would take milliseconds for each topic."""

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

SLICE_MAX_REQUEST_COUNT = 64
"""How many pipelined requests of one connection are answered before the others have their turn: more than any client
has in flight on purpose, so that only floods meet it."""

TURN_MAX_MS = 10
"""How long all sliced work together may run before sockets are read again: what a quiet client waits for at the most,
whoever else keeps the broker busy."""

LATE_TIMER_MIN_MS = 50
"""A timer that is so late shows that the process was held up: what came meanwhile is read before deadlines count."""

LATE_TIMER_TURN_COUNT = 3
"""Turns of the loop before late timers run. A turn runs what was queued before it looked at the sockets, so that the
second one reads them and the third finds every request handled."""

RESERVED_DESCRIPTOR_COUNT = 48
"""Descriptors that are neither connections nor files of partitions: standard streams, listeners, the lock, checkpoints,
flushes and directories that are open for a moment."""

ACCEPT_TURN_MAX_COUNT = 64
"""Connections that a listener accepts before the others have their turn."""

ACCEPT_RETRY_MS = 1_000
"""How soon accepting is tried again after the system had no descriptors or memory for a connection."""

SHOWN_NAME_MAX_CHARS = 100
"""How much of a name that a client chose stands in a log line."""

SHOWN_REASON_MAX_CHARS = 500
"""How much of a reason for closing a connection stands in a log line: it may quote what the client sent."""

LOG_LINE_MAX_CHARS = 20_000
"""How long a line of the log may be: enough for a decoded request that a person would read (``-vv``)."""

PEER_LOG_SPAN_MS = 60_000
"""Over which time warnings of one kind about one address are counted together."""

PEER_LOG_SPAN_WARNING_COUNT = 5
"""How many of them are logged as they come; the others are counted and told once, at the end of the span."""

LOGGED_PEER_MAX_COUNT = 1000
"""How many kinds of warnings are counted apart, an address each; more are counted together. Addresses of IPv6 cost
nothing, and must not cost memory here."""

ORDERED_QUOTA_MAX_COUNT = 2_000
"""How many entities with quotas are answered in the order of Kafka's hash maps; more stay as they come."""

ORDERED_QUOTA_MAX_CHARS = 500_000
"""How long their names may be together: hashing costs some 30 ns for each character."""

SLICED_FRAME_MIN_BYTES = 16 * 1024
"""Requests from this size on are read in slices: smaller ones hold a few hundred elements, which cost less than a
millisecond."""

STEP_MAX_BYTES = 1024
"""Bytes that are read or written in slices between two places where the work may be interrupted: ten to two hundred
microseconds. A value that is longer, such as records, is one step."""

STEP_MAX_ITEM_COUNT = 32
"""Items of a request or an answer that are worked through between two places where the work may be interrupted: at a
few microseconds each, about a hundred microseconds."""

SHARED_ELEMENT_MAX_BYTES = 4
"""Elements of a large request that are equal and take no more bytes than this are read into one object: five million
empty names are 10 MB, and would be 400 MB of objects."""

COLLECTION_MAX_COUNT = 1_000_000
"""Elements of one array of a request; a client that sends more is cut off.

Source: the readers that MessageDataGenerator of Kafka 4.4 writes."""

READ_TAGS_MAX_COUNT = 10_000
"""Unknown tagged fields of one struct of a request; a client that sends more is cut off. Source: as above."""

TAGGED_FIELDS_MAX_COUNT = SLICED_FRAME_MIN_BYTES // 2
"""Unknown tagged fields of one struct that are read at once: all that fit into a request that is not read in slices.
A client of a newer release sends a handful."""

LOGS_AT_ONCE_MAX_COUNT = 16
"""Logs that one change of the metadata creates or deletes at once, at up to a millisecond each; more are done one by
one, with others having their turn in between."""

LENT_FRAME_STEP_COUNT = 16
"""Steps in which a large request may be read out of the buffer that it was received into. A request that is longer
than that is copied and read from the beginning; one of few partitions with large batches of records is not."""
