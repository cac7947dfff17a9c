"""What every app builds on; knows none of them."""
