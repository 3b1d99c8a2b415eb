"""The desk: what moderators, analysts and owners do."""
