"""Run the command line by ``python -m judge.cli``, where it is not installed."""

from judge.cli.group import main

main()
