"""From sealed facts to tables and figures; no pages, no requests."""
