"""What is read and never written: desk, reports, public pages, gauges."""
