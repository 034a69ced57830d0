"""The desk: the calendar, the messages and the outbox, for the people who run the campaign."""
