"""A small synchronous Kafka client on the generated protocol: for the commands, for tests, for tools.

One thread, no background work: a method sends its requests and waits for the answers, for a bounded time. It talks to
Apache Kafka from 2.1 on and to kafkalite. ``client.Client`` is the entry; ``admin``, ``offsets``, ``producer`` and
``fetcher`` are thin layers on it.
"""
