"""BothKinds of the releases there have been, kept as small SQL, to prove that this release takes each over."""
