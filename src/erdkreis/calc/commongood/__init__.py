"""The Common Good matrix: company facts and ratings to weights and points, exact to the last digit.

An own assessment along the matrix, not audited. Pure: no web, no clock, no settings, no disk
but its own tables. The whole way of one figure: docs/methods/balance.md.

The way through the modules: ``requests`` reads the official JSON, ``merging`` makes and changes a
``sheet``, ``assessment`` calculates it by way of ``intermediate`` and ``weights``, ``matrix_view``
rounds it, ``documents`` writes it and ``answers`` reads it
back. ``explanations`` says why, ``changes`` says what would be.
"""

from erdkreis.calc.commongood.answers import is_answer, sheet_from_answer
from erdkreis.calc.commongood.assessment import Assessment, Points, RatingResult, assess
from erdkreis.calc.commongood.cases import case_answer
from erdkreis.calc.commongood.changes import (
    Move,
    NextStep,
    WhatIf,
    next_steps,
    rerated_sheet,
    what_if,
)
from erdkreis.calc.commongood.documents import (
    answer_document,
    fingerprint,
    matrix_document,
    request_document,
)
from erdkreis.calc.commongood.edition import Edition, editions
from erdkreis.calc.commongood.explanations import Explanation, RuleTried, explanation
from erdkreis.calc.commongood.matrix_view import MatrixCell, matrix
from erdkreis.calc.commongood.merging import changed_sheet, new_sheet
from erdkreis.calc.commongood.refusals import (
    InvalidDocument,
    InvalidRating,
    Issue,
    NothingWeighs,
    Refused,
    UnknownCode,
)
from erdkreis.calc.commongood.sheet import (
    CompanyFacts,
    EmployeesFraction,
    GeneralInformation,
    IndustrySector,
    Period,
    Rating,
    Sheet,
    SupplyFraction,
)
from erdkreis.calc.commongood.steps import Step
from erdkreis.calc.commongood.tables import (
    WEIGHTS,
    industries,
    level_of,
    levels,
    regions,
    stakeholder_titles,
    terms,
    topic_titles,
    value_titles,
)

__all__ = [
    "WEIGHTS",
    "Assessment",
    "CompanyFacts",
    "Edition",
    "EmployeesFraction",
    "Explanation",
    "GeneralInformation",
    "IndustrySector",
    "InvalidDocument",
    "InvalidRating",
    "Issue",
    "MatrixCell",
    "Move",
    "NextStep",
    "NothingWeighs",
    "Period",
    "Points",
    "Rating",
    "RatingResult",
    "Refused",
    "RuleTried",
    "Sheet",
    "Step",
    "SupplyFraction",
    "UnknownCode",
    "WhatIf",
    "answer_document",
    "assess",
    "case_answer",
    "changed_sheet",
    "editions",
    "explanation",
    "fingerprint",
    "industries",
    "is_answer",
    "level_of",
    "levels",
    "matrix",
    "matrix_document",
    "new_sheet",
    "next_steps",
    "regions",
    "request_document",
    "rerated_sheet",
    "sheet_from_answer",
    "stakeholder_titles",
    "terms",
    "topic_titles",
    "value_titles",
    "what_if",
]
