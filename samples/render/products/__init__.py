"""The products: each module builds one, about two units tall, standing on z = 0, and returns its objects."""
