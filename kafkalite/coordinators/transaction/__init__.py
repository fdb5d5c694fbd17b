"""Transactions: the state of each transactional id, kept in `__transaction_state`, and all requests that move it."""
