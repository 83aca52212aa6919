"""Many shipments at once: tables of facts, the engines that decide them, and what a change of law moves."""
