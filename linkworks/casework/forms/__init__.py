"""What did they mean?"""

from .away import AwayForm
from .closing import CloseForm, ConcernCloseForm, ConcernForm, PauseForm, ReopenForm, UnreachedForm
from .connecting import AnswerForm, AttendanceForm, EndForm, LookForm, MessageForm, SharingForm, WithdrawForm
from .contacts import ComplexityForm, ContactForm, ConversationForm, CorrectionForm, NoteForm, TaskForm
from .details import ChannelForm, DetailsForm, SharingChoicesForm
from .feedback import FeedbackForm
from .inbox import AcceptForm, AllocateForm, DeclineForm, HandOverForm, RedirectForm, ToldForm
from .limits import LIMITS, AsideForm, CostForm, DistanceForm, TimesForm, WhomForm, WhyForm
from .plans import AgreeForm, GoalForm, ResolveForm, ReviewForm, StepForm, UnmetForm
from .restriction import EmergencyForm, RestrictionForm, UndoLinkForm

__all__ = [
    "LIMITS",
    "AcceptForm",
    "AgreeForm",
    "AllocateForm",
    "AnswerForm",
    "AsideForm",
    "AttendanceForm",
    "AwayForm",
    "ChannelForm",
    "CloseForm",
    "ComplexityForm",
    "ConcernCloseForm",
    "ConcernForm",
    "ContactForm",
    "ConversationForm",
    "CorrectionForm",
    "CostForm",
    "DeclineForm",
    "DetailsForm",
    "DistanceForm",
    "EmergencyForm",
    "EndForm",
    "FeedbackForm",
    "GoalForm",
    "HandOverForm",
    "LookForm",
    "MessageForm",
    "NoteForm",
    "PauseForm",
    "RedirectForm",
    "ReopenForm",
    "ResolveForm",
    "RestrictionForm",
    "ReviewForm",
    "SharingChoicesForm",
    "SharingForm",
    "StepForm",
    "TaskForm",
    "TimesForm",
    "ToldForm",
    "UndoLinkForm",
    "UnmetForm",
    "UnreachedForm",
    "WhomForm",
    "WhyForm",
    "WithdrawForm",
]
