from consultations.models.answers import Answer
from consultations.models.consultations import Consultation
from consultations.models.questions import Question
from consultations.models.responses import Response
from consultations.models.sections import Section
from consultations.models.steps import Step

__all__ = ["Answer", "Consultation", "Question", "Response", "Section", "Step"]
