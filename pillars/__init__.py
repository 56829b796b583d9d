"""What government promised: programmes, commitments, deadlines and money, and the rules for reading them."""
