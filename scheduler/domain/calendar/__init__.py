"""When something leaves: dates, hours, holidays, and what gives way."""
