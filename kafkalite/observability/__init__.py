"""What a person sees of a running broker: adapters around the core, which never imports them."""
