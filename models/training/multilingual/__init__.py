"""The encoder of many languages: published weights, and heads that learn from its vectors."""
