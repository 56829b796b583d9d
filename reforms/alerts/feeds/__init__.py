"""What has become known, the newest first: a feed that other programs subscribe to."""
