"""``python -m scheduler`` and the ``reflexe`` command."""

from scheduler.cli.app import main

if __name__ == "__main__":
    main()
