"""What Hexo does to a post before and after its template engine reads it."""
