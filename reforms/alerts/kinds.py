"""The kinds of flag there are."""

from django.db.models import TextChoices


class FlagKind(TextChoices):
    CONSULTATION_CLOSING = "consultation_closing", "Consultation closing"
    CONSULTATION_CLOSED = "consultation_closed", "Consultation closed"
    PROMISED_WINDOW_OPENED = "promised_window_opened", "Promised consultation: window opened"
    PROMISED_WINDOW_PASSED = "promised_window_passed", "Promised consultation: window passed"
    MILESTONE_NEAR = "milestone_near", "Milestone near"
    MILESTONE_REACHED = "milestone_reached", "Milestone reached"
    MILESTONE_PASSED = "milestone_passed", "Milestone passed"
    PHASE_NEAR = "phase_near", "Phase starts or ends soon"
    PHASE_REACHED = "phase_reached", "Phase reached"
    PHASE_PASSED = "phase_passed", "Phase ended"
    DEADLINE_OPENING = "deadline_opening", "Deadline: window opening"
    DEADLINE_CLOSING = "deadline_closing", "Deadline: window closing"
    DEADLINE_PASSED = "deadline_passed", "Deadline passed, nothing reported"
    STEP_DUE = "step_due", "Step due"
    POSITION_STALE = "position_stale", "Position stale"
    ACTION_DUE = "action_due", "Action due"
