"""Sites: settings, alerts, letters, hourly counts and workers."""
