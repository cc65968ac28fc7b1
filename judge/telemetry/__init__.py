"""How the service is seen from outside: logs, metrics, health. Knows nothing of judging itself."""
