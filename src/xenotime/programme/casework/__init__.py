"""Cases: their manifests, the machine that moves them, and what is said on them."""
