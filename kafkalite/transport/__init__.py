"""The one asyncio shell around the sans-IO core: listeners, connections, timers."""
