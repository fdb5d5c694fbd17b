"""The states of a transaction and the transitions between them, as data.

The numbers are those of the log, the names those of DescribeTransactions and ListTransactions.

Source: TransactionState; KIP-98, KIP-588, KIP-664, KIP-890.
"""

from __future__ import annotations

EMPTY = 0
"""The transactional id has a producer, and no transaction yet."""
ONGOING = 1
"""Partitions were added."""
PREPARE_COMMIT = 2
"""The decision to commit is in the log; markers are on their way. There is no way back."""
PREPARE_ABORT = 3
"""The decision to abort is in the log; markers are on their way. There is no way back."""
COMPLETE_COMMIT = 4
"""Every partition has its commit marker."""
COMPLETE_ABORT = 5
"""Every partition has its abort marker."""
DEAD = 6
"""The transactional id has expired: its tombstone is being written. Never in the log."""
PREPARE_EPOCH_FENCE = 7
"""The producer's epoch is being bumped to abort its transaction on behalf of another. Never in the log."""

NAMES = {
    EMPTY: "Empty",
    ONGOING: "Ongoing",
    PREPARE_COMMIT: "PrepareCommit",
    PREPARE_ABORT: "PrepareAbort",
    COMPLETE_COMMIT: "CompleteCommit",
    COMPLETE_ABORT: "CompleteAbort",
    DEAD: "Dead",
    PREPARE_EPOCH_FENCE: "PrepareEpochFence",
}

BY_NAME = {name: state for state, name in NAMES.items()}

VALID_PREVIOUS_STATES: dict[int, frozenset[int]] = {
    EMPTY: frozenset((EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT)),
    ONGOING: frozenset((ONGOING, EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT)),
    PREPARE_COMMIT: frozenset((ONGOING,)),
    # Since KIP-890 a producer that is in doubt may abort where nothing was added.
    PREPARE_ABORT: frozenset((ONGOING, PREPARE_EPOCH_FENCE, EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT)),
    COMPLETE_COMMIT: frozenset((PREPARE_COMMIT,)),
    COMPLETE_ABORT: frozenset((PREPARE_ABORT,)),
    DEAD: frozenset((EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT)),
    PREPARE_EPOCH_FENCE: frozenset((ONGOING,)),
}

PREPARED = frozenset((PREPARE_COMMIT, PREPARE_ABORT))
"""Decided, but not every partition has its marker."""

COMPLETED = frozenset((COMPLETE_COMMIT, COMPLETE_ABORT))

EXPIRABLE = frozenset((EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT))
"""States in which a transactional id that is not used any more may be forgotten."""

# ---- transaction versions: the level of the feature `transaction.version` -------------------------------------------
TV_0 = 0
TV_1 = 1
"""Records of the transaction log are flexible."""
TV_2 = 2
"""Each transaction has a separate producer epoch (KIP-890, part 2)."""


def value_version(transaction_version: int) -> int:
    """Return the version in which values of the transaction log are written."""
    return 1 if transaction_version >= TV_1 else 0
