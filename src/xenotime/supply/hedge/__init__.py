"""What to hold before the next stop: a stochastic programme with CVaR."""
