"""The public server: the ways out, providers' callbacks, and a page that says who we are."""

from scheduler.web.public.app import make_public

__all__ = ["make_public"]
