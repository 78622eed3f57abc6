"""Notifications as servers write them (RFC 3464)."""

from uuid import UUID

_NOTIFICATION = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: {retour}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="BORD"

--BORD
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--BORD
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 23 Nov 2026 11:05:07 +0100 (CET)

Final-Recipient: rfc822; camille@example.org
Action: {action}
Status: {statut}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--BORD
Content-Type: text/rfc822-headers

From: ne-pas-repondre@psl.example.org
To: camille@example.org
Message-ID: <{envoi}@psl.example.org>

--BORD--
"""


def notification(envoi: UUID, *, action: str = "failed", statut: str = "5.1.1", retour: str | None = None) -> bytes:
    vers = f"bounces+{envoi.hex}@psl.example.org" if retour is None else retour
    return _NOTIFICATION.format(retour=vers, action=action, statut=statut, envoi=envoi.hex).encode()
