"""Names of permissions and rights, the same words in both hosts."""

# Asked in the context of a party or of one of its documents (ACL of web/resources.py).
VIEW = "context.endi_ext_view"
ACT = "context.endi_ext_act"

# Asked without a context, given by access rights.
ACCOUNT = "global.endi_ext_account"  # read the books, settle, reverse, import
CONFIGURE = "global.endi_ext_configure"  # scheme, accounts, rates, who may do what
SUPERVISE = "global.endi_ext_supervise"  # read every party's pages
ARBITRATE = "global.endi_ext_arbitrate"  # see and decide disputes where arbitration was asked

# Rights of our own, selectable in the host's roles screen; what each gives.
RIGHTS = {
    "endi_ext_accountant": (ACCOUNT, SUPERVISE),
    "endi_ext_configurator": (CONFIGURE,),
    "endi_ext_supervisor": (SUPERVISE,),
    "endi_ext_arbiter": (ARBITRATE,),
}

# Rights of the host that give ours without any set-up.
HOST_RIGHTS = {
    "global_accountant": (ACCOUNT, SUPERVISE),
    "global_config_accounting": (CONFIGURE,),
    "global_company_supervisor": (SUPERVISE,),
}
