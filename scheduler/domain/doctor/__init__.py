"""What `reflexe doctor` looks at: rules from what was seen to a verdict, a remedy and a record."""
