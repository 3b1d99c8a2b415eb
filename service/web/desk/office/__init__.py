"""The office half of the desk: policy, dashboard, log, reports, appeals, alerts."""
