"""The console's pages, one module a subject. A view parses the form, calls one function and renders."""
