"""Where in the seller's company the papers of a principal are kept: one project each, one affair per job."""

from dataclasses import dataclass
from typing import Any

from caerp.models.base import DBSESSION
from caerp.models.company import Company
from caerp.models.project import Phase, Project
from caerp.models.project.business import Business
from caerp.models.project.types import ProjectType
from caerp.models.third_party import Customer

from .paper_errors import NoProjectType

PROJECT_NAME = "Échanges internes avec {}"
LONGEST = 150


@dataclass(frozen=True)
class Place:
    """A customer of the seller, and the host's words for the project and the affair of a document."""

    customer: Customer
    facts: dict[str, Any]


def place(seller: Company, customer: Customer, job: str) -> Place:
    """Return where a document for `customer` goes, opened at first use. Raises NoProjectType."""
    kind = ProjectType.query().filter_by(default=True).first()
    if kind is None or kind.default_business_type is None:
        raise NoProjectType
    project = _project(seller, customer, kind)
    business = _business(project, job[:LONGEST], kind.default_business_type)
    facts = {
        "project": project,
        "phase_id": project.phases[0].id if project.phases else _phase(project).id,
        "business": business,
        "business_type_id": kind.default_business_type.id,
    }
    return Place(customer, facts)


def _project(seller: Company, customer: Customer, kind: ProjectType) -> Project:
    name = PROJECT_NAME.format(customer.source_company.name)[:LONGEST]
    ours = Project.query().filter_by(company_id=seller.id, name=name, archived=False)
    for known in ours.order_by(Project.id):
        if customer in known.customers:
            return known
    project = Project(name=name, company_id=seller.id, project_type_id=kind.id, mode="ht")
    project.customers.append(customer)
    DBSESSION().add(project)
    DBSESSION().flush()
    _phase(project)
    return project


def _phase(project: Project) -> Phase:
    phase = Phase(name="Dossier par défaut", project_id=project.id)
    DBSESSION().add(phase)
    DBSESSION().flush()
    return phase


def _business(project: Project, name: str, kind: Any) -> Business:
    known = Business.query().filter_by(project_id=project.id, name=name, business_type_id=kind.id).first()
    return known or Business.create(name, project, kind)
