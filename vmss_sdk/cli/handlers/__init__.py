"""What commands do: thin functions over the client."""
