"""What staff and newcomers are shown, made out of what is kept. Reads; decides and writes nothing of its own."""
