"""Acts in the admin that are worth recording, told to whoever records them."""

from django.dispatch import Signal

# Sent with the model as sender and `act` ("published", "withdrawn", "exported"),
# `subject` (a text) and `detail` (a text).
acted = Signal()
