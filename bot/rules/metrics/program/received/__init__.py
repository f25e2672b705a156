"""What programs send over HTTP: its shape, and what is wrong with it. Who makes programs reads this, in English."""
