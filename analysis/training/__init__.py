"""How the models in `analysis/models` are made and measured. Nothing that the service runs on imports this package."""
