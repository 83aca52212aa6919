"""The steps from one release's schema to the next; `stores/database/migrate.py` walks them."""
