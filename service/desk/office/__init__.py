"""What owners and analysts do: policy, dashboards, reports, the log, alerts."""
