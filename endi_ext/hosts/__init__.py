"""The platforms the plugin runs in; nobody imports them but configuration."""
