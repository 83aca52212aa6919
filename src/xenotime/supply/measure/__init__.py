"""What a run says: stops, unmet need, prices, adaptation, both sides' losses."""
