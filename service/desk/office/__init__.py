"""Use cases of owners and analysts: policy, dashboards, reports, the log and alerts."""
