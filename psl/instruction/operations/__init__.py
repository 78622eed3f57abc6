"""What is done to an instruction: open, take, ask, answer, decide, write, look at, forget."""

from psl.instruction.operations.complement import ask, resume_after_complement
from psl.instruction.operations.consultation import consult, consult_file, file_of
from psl.instruction.operations.decision import accept, close, refuse, reject
from psl.instruction.operations.documents import make_letter, make_recap, make_request
from psl.instruction.operations.envoi import mail_depots, park_bounce
from psl.instruction.operations.messages import send_message
from psl.instruction.operations.pec import export_pec
from psl.instruction.operations.prevus import MOMENTS, find_foreseen, make_filed, make_foreseen
from psl.instruction.operations.prise import assign, open_instruction, release, take
from psl.instruction.operations.retrait import others, redirect, withdraw
from psl.instruction.operations.sans_compte import check_open, join_document, prove_service, read_recap, set_state

__all__ = [
    "MOMENTS",
    "accept",
    "ask",
    "assign",
    "check_open",
    "close",
    "consult",
    "consult_file",
    "export_pec",
    "file_of",
    "find_foreseen",
    "join_document",
    "mail_depots",
    "make_filed",
    "make_foreseen",
    "make_letter",
    "make_recap",
    "make_request",
    "open_instruction",
    "others",
    "park_bounce",
    "prove_service",
    "read_recap",
    "redirect",
    "refuse",
    "reject",
    "release",
    "resume_after_complement",
    "send_message",
    "set_state",
    "take",
    "withdraw",
]
