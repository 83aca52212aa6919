"""What stops, when, and who adapts faster: the rare-earth network, its licences, shocks and alternatives."""
