"""What readers leave besides comments: votes, flags, appeals, records, allowances."""
