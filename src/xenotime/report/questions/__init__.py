"""Questions on a screen, as a page, and as one questionnaire per counterparty."""
