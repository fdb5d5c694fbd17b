"""The consumer protocol (KIP-848): groups whose members are assigned and reconciled by the coordinator."""
