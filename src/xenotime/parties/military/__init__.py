"""Evidence that a party, a site or a contract serves a military, graded."""
