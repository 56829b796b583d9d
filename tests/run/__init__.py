"""`./run test`: every test, on the engines that councils use."""
