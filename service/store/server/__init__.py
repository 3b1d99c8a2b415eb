"""The store's server: its address, connections, durability, and the embedded one."""
