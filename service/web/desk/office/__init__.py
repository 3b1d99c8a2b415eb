"""Pages of the office: policy, dashboard, log, reports, appeals and alerts."""
