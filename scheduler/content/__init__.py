"""Messages: writers' folders in, e-mails and SMS ready to hand over out."""
