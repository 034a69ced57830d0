"""What `reflexe doctor` asks of DNS, of HTTPS and of this machine: it changes nothing."""
