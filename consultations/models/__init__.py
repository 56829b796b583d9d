from consultations.models.consultations import Consultation
from consultations.models.steps import Step

__all__ = ["Consultation", "Step"]
