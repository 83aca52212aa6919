"""The network: goods, sites, lanes, and how they are built from claims so that mass balances."""
