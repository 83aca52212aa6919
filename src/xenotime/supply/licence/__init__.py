"""How the law meets the lanes: routes, their status by day, and the queue for licences."""
