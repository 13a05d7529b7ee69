"""The SEC rules: what a scraped page must not bring into the site."""
