"""How pages look and forms read: NHS.UK components, layouts and wording."""
