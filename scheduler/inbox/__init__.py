"""What is polled for answers: mailboxes and providers' lists. Its modules don't know channels/."""
