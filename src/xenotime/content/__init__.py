"""What a thing is made of: bills of material rolled up exactly, with bounds and gaps."""
