"""The sections of config.yaml, as frozen values; ``scheduler.config.settings`` is the whole."""
