"""All bounds in the system that are not Kafka properties, with the reasons for their values.

A bound for which Kafka has a property (``socket.request.max.bytes``, ``message.max.bytes``) is set by that property and
not listed here.
"""

from __future__ import annotations

SEGMENT_PREALLOCATION_BYTES = 16 * 1024 * 1024
"""Step in which disk space is preallocated for a segment file: writing into allocated space costs about half as much as
extending the file, and an unclean stop leaves at most one step allocated and unused."""

PREALLOCATION_FREE_FACTOR = 8
"""Number of steps that must be free on the disk for space to be preallocated: a few large files must not reserve the
space that other files need."""

PREALLOCATION_RETRY_BYTES = 1024 * 1024
"""Growth of a file before a failed preallocation is tried again: each attempt costs two system calls."""

FRAME_FIRST_ALLOCATION_BYTES = 16 * 1024
"""First buffer of a longer frame of which hardly anything has arrived: a length prefix alone, however large, costs no
more than this."""

FRAME_UNCOUNTED_MAX_BYTES = 128 * 1024
"""Frames up to this size get a buffer of their full size once `FRAME_FIRST_ALLOCATION_BYTES` have arrived, and do not
count against ``queued.max.request.bytes``: the number of connections bounds their total."""

FRAME_TRUSTED_ALLOCATION_BYTES = 1280 * 1024
"""First buffer of a larger frame: address space that becomes memory only as bytes arrive. It holds the largest produce
request of a client with default settings, and is too small for a huge page to make it resident at once."""

SPARE_FRAME_BUFFER_COUNT = 4
"""Buffers of `FRAME_TRUSTED_ALLOCATION_BYTES` that are kept for later large frames: as many as are usually in use at
the same time, 5 MiB in all."""

FRAME_TRUST_FACTOR = 4
"""Factor between the received bytes of a frame that outgrows its buffer and its next buffer: each byte is copied at
most 1.33 times, and address space is allocated only in proportion to the bytes that the client has sent."""

RECEIVE_BUFFER_BYTES = 256 * 1024
"""The one buffer that all connections read into: several times what a socket delivers at once."""

DETACHED_WRITE_MIN_BYTES = RECEIVE_BUFFER_BYTES
"""Buffers larger than this are written in another thread. Smaller requests are in the buffer that all connections read
into, and writing them costs less than handing them to the thread."""

OVERLAPPING_APPENDS_MAX_COUNT = 64
"""Appends to one partition that are in progress at the same time, if the storage accepts several: its indexes may lag
by as many batches."""

CONNECTION_BACKLOG_BYTES = RECEIVE_BUFFER_BYTES
"""Frames that arrived while an earlier one was being answered; reading pauses while there are any, to enforce it."""

SEND_HIGH_WATER_BYTES = 64 * 1024
"""Unsent reply bytes in asyncio's buffer above which a connection's next piece or request waits until all of them are
sent: a client that does not read its replies costs this much plus one piece (`SEND_PIECE_BYTES`)."""

SEND_PIECE_BYTES = 128 * 1024
"""Bytes of a stored answer that are read at a time, or of a large answer that are handed to asyncio at a time."""

SEND_TURN_BYTES = 8 * 1024 * 1024
"""Bytes of a large answer that one connection may send before the others get their turn; a socket seldom takes more."""

STORED_RANGE_MIN_BYTES = 64 * 1024
"""Reads of at least this size are lent to the network as a range of the file; smaller ones are cheaper to copy."""

DOWN_CONVERTED_MAX_BYTES = 1024 * 1024
"""Bytes of records that one Fetch of an old version converts to an old format: they are built in memory, record by
record. More than one batch of the default maximum size would only make clients wait."""

HOST_LOOKUPS_MAX_COUNT = 4
"""Host names that are looked up at the same time, each in a thread; one lookup may take half a minute."""

HOST_NAME_MAX_CHARS = 255
"""Maximum length of a host name that is looked up: no name service has longer ones, and the time to encode a name grows
with its length."""

DISSECTOR_DECOMPRESSED_MAX_BYTES = 64 * 1024 * 1024
"""Bytes that the dissector decompresses of one batch: its output is for people, and its input is untrusted."""

SEGMENT_PREALLOCATION_START_BYTES = 256 * 1024
"""Size from which on space is preallocated for a file: thousands of small partitions and all indexes take no more space
than they use. A larger file gets as much again as it has, up to SEGMENT_PREALLOCATION_BYTES."""

OPEN_FILES_MAX_COUNT = 384
"""Partition files that are open at the same time: many systems allow a process 1,024 descriptors, and connections need
some too."""

PRODUCE_SLICE_COUNT = 64
"""Batches of one Produce that are appended before other work gets its turn."""

QUICK_BATCH_MAX_BYTES = 16 * 1024
"""Batches up to this size are validated and appended at once, unless they decompress to more than
QUICK_OPENED_MAX_BYTES: usually in a tenth of a millisecond, and in a few milliseconds however small their records."""

QUICK_OPENED_MAX_BYTES = 64 * 1024
"""Decompressed bytes of a small batch that is validated at once."""

RECORD_SLICE_COUNT = 64
"""Records that are checked or converted before other work gets its turn: about ten to a hundred microseconds."""

HEADER_SLICE_COUNT = 64
"""Headers of one record that are checked before other work gets its turn: half a million empty headers fit into one
message and take 100 ms."""

DECOMPRESSED_BATCH_MAX_BYTES = 256 * 1024 * 1024
"""Maximum decompressed size of one batch: codecs shrink zeros a thousandfold, so a batch of the default maximum size
could expand to a gigabyte."""

DECOMPRESSED_IN_FLIGHT_BYTES = 256 * 1024 * 1024
"""Decompressed bytes of all batches under validation above which the next large batch waits: together with the batch
that is being decompressed, this bounds the memory of compressed batches."""

INLINE_COMPRESSED_MAX_BYTES = 32 * 1024
"""Compressed records up to this size are decompressed without a thread, unless they expand to more than
INLINE_DECOMPRESSED_MAX_BYTES."""

INLINE_DECOMPRESSED_MAX_BYTES = 256 * 1024
"""Decompressed size up to which no thread is used: it takes a fraction of a millisecond, a thread switch a tenth of
one."""

PLAIN_ROOM_MAX_BYTES = 1024 * 1024
"""Size above which a buffer for decompressed bytes is mapped page by page by the system instead of cleared first."""

RECORD_ERRORS_MAX_COUNT = 1000
"""Refused records of one batch that the answer lists: a million of them would make an answer of a hundred megabytes."""

SMALL_REPLIES_BYTES = 256 * 1024
"""Total size up to which the replies of one turn are joined into one write: a copy is cheaper than a system call. Above
it, the next frames are answered only after these replies were written."""

IDLE_CHECK_INTERVAL_MS = 10_000
"""Shortest interval between checks for idle connections, which is the precision of ``connections.max.idle.ms``."""

INDEX_PAGE_BYTES = 4080
"""Bytes of an index that are read or written at a time: whole entries of 8 and of 12 bytes in about one disk page."""

INDEX_CACHED_PAGE_COUNT = 8
"""Index pages cached per segment index: a binary search over the largest index (10 MB) touches 12, of which the first
ones are the same for every search."""

READ_CURSOR_MAX_COUNT = 32
"""End offsets of recent fetches that are cached per partition with their file position: up to this many sequential
readers need no index search."""

RECOVERY_CHUNK_BYTES = 1024 * 1024
"""Bytes of a segment that recovery reads at a time; a larger batch is read whole."""

FLUSH_TOGETHER_MIN_COUNT = 8
"""Unflushed logs from which on a clean stop flushes the file system once instead of about six files per log."""

FAULT_REPEAT_INTERVAL_MS = 60_000
"""Interval in which a lasting fault is logged again, with its count: clients retry many times a second."""

STORAGE_UPKEEP_INTERVAL_MS = 1_000
"""Interval in which writes that a full disk refused are retried and removed files are deleted: within a second after
`file.delete.delay.ms` they are gone."""

MARKER_RETRY_INTERVAL_MS = 500
"""Delay before a marker is retried on a partition that refused it: readers of committed records wait for it, and the
usual cause, a failed disk, is not resolved in an instant."""

REGEX_DEPTH_MAX_COUNT = 200
"""Maximum nesting of groups in a subscription's regular expression: enough for any written by hand, and below Python's
limit of recursion."""

REGEX_TEXT_MAX_LENGTH = 32_767
"""Characters of a regular expression: parsing these takes about ten milliseconds; strings in old versions of the
protocol have the same limit."""

REGEX_LETTER_MAX_COUNT = 1_000
"""Distinct non-ASCII characters in a regular expression: each one makes every character set larger."""

REGEX_STATE_MAX_COUNT = 20_000
"""Size of a client's compiled regular expression; a larger one would take milliseconds for each topic."""

REGEX_STEP_MAX_COUNT = 10_000
"""Steps that a regular expression caches while it is matched against all topics: a few megabytes at most."""

BALANCE_ROUND_MAX_COUNT = 16
"""Rounds in which the uniform assignor balances members with different subscriptions: few are ever needed, and a bound
keeps a heartbeat short. Source: UniformHeterogeneousAssignmentBuilder."""

SLICE_MAX_MS = 2
"""Time that one piece of sliced work may run before the others get their turn: far below what a person or a heartbeat
notices, far above the cost of switching."""

SLICE_MAX_STEP_COUNT = 64
"""Maximum number of a generator's steps in one slice, whatever the clock says: a manual clock does not advance by
itself, and work must yield under it too."""

SLICE_MAX_REQUEST_COUNT = 64
"""Pipelined requests of one connection that are answered before the others get their turn: more than any client has in
flight on purpose, so that only floods reach it."""

TURN_MAX_MS = 10
"""Time that all sliced work together may run before sockets are read again: the longest wait of a quiet client, however
busy other clients keep the broker."""

LATE_TIMER_MIN_MS = 50
"""Lateness of a timer from which on the process is taken to have been suspended: requests that arrived meanwhile are
read before deadlines count."""

LATE_TIMER_TURN_COUNT = 3
"""Turns of the loop before late timers run. A turn runs the callbacks that were queued before it polled the sockets, so
the second turn reads them and the third finds every request handled."""

RESERVED_DESCRIPTOR_COUNT = 48
"""Descriptors that are neither connections nor partition files: standard streams, listeners, the lock, checkpoints,
flushes and briefly opened directories."""

ACCEPT_TURN_MAX_COUNT = 64
"""Connections that a listener accepts before the others get their turn."""

ACCEPT_RETRY_MS = 1_000
"""Delay before a listener accepts again after the system had no descriptors or memory for a connection."""

SHOWN_NAME_MAX_CHARS = 100
"""Characters of a client's name for something that a log line shows."""

SHOWN_REASON_MAX_CHARS = 500
"""Characters of the reason for closing a connection that a log line shows: it may quote the client's bytes."""

LOG_LINE_MAX_CHARS = 20_000
"""Maximum length of a line of the log: enough for a decoded request that a person would read (``-vv``)."""

PEER_LOG_SPAN_MS = 60_000
"""Span in which warnings of one kind about one address are counted together."""

PEER_LOG_SPAN_WARNING_COUNT = 5
"""Warnings of a span that are logged at once; the others are counted and reported once, at the end of the span."""

LOGGED_PEER_MAX_COUNT = 1000
"""Pairs of a kind of warning and an address that are counted separately; more are counted together. IPv6 addresses cost
a client nothing, and must not cost memory here."""

ORDERED_QUOTA_MAX_COUNT = 2_000
"""Entities with quotas that are answered in the order of Kafka's hash maps; more than these are left unsorted."""

ORDERED_QUOTA_MAX_CHARS = 500_000
"""Total length of their names: hashing costs about 30 ns per character."""

SLICED_FRAME_MIN_BYTES = 16 * 1024
"""Requests of at least this size are read in slices: smaller ones hold a few hundred elements, which cost less than a
millisecond."""

STEP_MAX_BYTES = 1024
"""Bytes that are read or written between two points at which sliced work may be interrupted: ten to two hundred
microseconds. A longer value, such as records, is one step."""

STEP_MAX_ITEM_COUNT = 32
"""Items of a request or an answer that are processed between two points at which the work may be interrupted: at a few
microseconds each, about a hundred microseconds."""

SHARED_ELEMENT_MAX_BYTES = 4
"""Equal elements of a large request share one object up to this size on the wire: five million empty names are 10 MB,
and would be 400 MB of objects."""

COLLECTION_MAX_COUNT = 1_000_000
"""Elements of one array of a request; a client that sends more is disconnected.

Source: the readers that MessageDataGenerator of Kafka 4.4 writes."""

READ_TAGS_MAX_COUNT = 10_000
"""Unknown tagged fields of one struct of a request; a client that sends more is disconnected. Source: as above."""

TAGGED_FIELDS_MAX_COUNT = SLICED_FRAME_MIN_BYTES // 2
"""Unknown tagged fields of one struct that are read at once: as many as fit into a request that is not read in slices.
A client of a newer release sends a handful."""

LOGS_AT_ONCE_MAX_COUNT = 16
"""Logs that one change of the metadata creates or deletes at once, at up to a millisecond each; more are processed one
by one, with other work in between."""

LENT_FRAME_STEP_COUNT = 16
"""Steps in which a large request may be read from the buffer that received it. A request that takes more is copied and
read from the beginning; a request of few partitions with large batches of records does not."""
