"""The provider that people may sign in with, as allauth's settings say it."""

from __future__ import annotations

from typing import Any

from reforms.environment.configuration import Configuration

PROVIDER = "single-sign-on"
"""How the one provider is called in addresses."""


def single_sign_on(configuration: Configuration) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS: one provider of OpenID Connect, or none."""
    if not configuration.oidc_server_url:
        return {}
    app = {
        "provider_id": PROVIDER,
        "name": configuration.oidc_name,
        "client_id": configuration.oidc_client_id,
        "secret": configuration.oidc_client_secret,
        # The ID token comes from the provider itself over TLS and says all we ask.
        "settings": {
            "server_url": configuration.oidc_server_url,
            "oauth_pkce_enabled": True,
            "fetch_userinfo": False,
        },
    }
    return {"openid_connect": {"APPS": [app]}}
