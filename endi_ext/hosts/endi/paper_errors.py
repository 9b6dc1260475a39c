"""Why a paper cannot be made: each says what is missing in the host's configuration."""

from ...kernel.errors import DomainError


class CannotMakePaper(DomainError):
    """The host lacks something for a paper."""

    code = "paper_refused"


class NoSystemUser(CannotMakePaper):
    """The host's own account for automatic treatments is missing."""

    code = "paper_no_system_user"


class NoNumberTemplate(CannotMakePaper):
    """No template numbers internal invoices."""

    code = "paper_no_number_template"


class NoCompany(CannotMakePaper):
    """The company of a party is no longer in the host (facts: party)."""

    code = "paper_no_company"


class NoAddress(CannotMakePaper):
    """The cooperative has no address, which internal documents bear."""

    code = "paper_no_address"


class NoInternalProduct(CannotMakePaper):
    """No active product is marked internal."""

    code = "paper_no_internal_product"


class ProductWithVat(CannotMakePaper):
    """The internal product sits on a VAT rate (facts: product, rate)."""

    code = "paper_product_with_vat"


class NoExpenseType(CannotMakePaper):
    """No active expense type is marked internal."""

    code = "paper_no_expense_type"


class SeveralExpenseTypes(CannotMakePaper):
    """Several expense types are internal and none has the account of our purchases (facts: account)."""

    code = "paper_several_expense_types"


class NoProjectType(CannotMakePaper):
    """No project type is the default one, or it has no business type."""

    code = "paper_no_project_type"


class InvoiceNotMade(CannotMakePaper):
    """The invoice the paper belongs to is no longer in the host."""

    code = "paper_invoice_gone"


class AlreadyPaid(CannotMakePaper):
    """The invoice still bears payments that the books do not know (facts: amount_cents)."""

    code = "paper_still_paid"
