"""The checks of the policy plugin. Each has one level; the README lists them all."""

from __future__ import annotations

from ..privacy.findings import Check, Level

POLICY_DATE = Check(
    "policy-date",
    Level.ERROR,
    "The policy declares the date of its last update, and that day is not in the future.",
)
POLICY_MARKER = Check(
    "policy-marker",
    Level.ERROR,
    "The policy says where its derived parts go: every required marker once, and none that is unknown.",
)
POLICY_UNRELEASED = Check(
    "policy-unreleased",
    Level.ERROR,
    "The policy says, in every language, what it said when it was released, with the facts of that day.",
)
POLICY_DRAFT = Check(
    "policy-draft",
    Level.NOTE,
    "While serving, the policy that is shown is the one that was released.",
)
POLICY_LOCK = Check(
    "policy-lock",
    Level.ERROR,
    "A published policy has a lock, and the lock and every stored version are as the command wrote them.",
)
POLICY_LANGUAGE = Check(
    "policy-language",
    Level.ERROR,
    "No two policies are written in one language, and none is a draft or hidden.",
)
SECURITY_EXPIRED = Check(
    "security-expired",
    Level.ERROR,
    "The day on which security.txt expires is in the future.",
)
SECURITY_EXPIRES = Check(
    "security-expires",
    Level.NOTE,
    "security.txt expires in more than 30 days.",
)
