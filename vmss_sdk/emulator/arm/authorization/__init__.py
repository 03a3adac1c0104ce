"""Microsoft.Authorization: roles, who has which of them where, and locks."""
