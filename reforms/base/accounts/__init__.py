"""Signing in: passwords, second factors, sessions, limits, invitations and single sign-on."""
