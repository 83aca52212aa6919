"""The verbs that join the parts: assess, decide, trace, check, new."""
