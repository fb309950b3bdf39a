"""What `make bench` runs. Figures are ratios measured in one run; nothing here is asserted in a test."""
