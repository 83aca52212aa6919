"""What people see: figures, pages and texts made from result tables only."""
