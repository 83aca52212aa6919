"""The questions of the supply model, each a verb that joins law, evidence and the model."""
