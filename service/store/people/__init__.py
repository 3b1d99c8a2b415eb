"""Readers' data besides comments: votes, flags, appeals, records, allowances."""
