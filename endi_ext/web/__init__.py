"""URLs, forms, views and templates, the same in every host."""
