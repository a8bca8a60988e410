"""Reports of mail servers about letters that came back, in the shapes that are met in the wild."""

from email.message import EmailMessage


def bytes_of(letter: EmailMessage) -> bytes:
    return letter.message().as_bytes()


def headers_of(letter: EmailMessage) -> str:
    return bytes_of(letter).decode().partition("\n\n")[0]


def postfix(letter, to, status="5.1.1", action="failed", diagnosis="550 5.1.1 User unknown"):
    """Postfix: the whole letter comes back, or its headers where it was told so."""
    return (
        f"""\
From MAILER-DAEMON Wed Nov 25 10:00:00 2026
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: erdkreis@testserver
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4B2C61.1732528800/mx.example.org"

This is a MIME-encapsulated message.

--4B2C61.1732528800/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

<{to}>: host mail.example.org[192.0.2.1] said: {diagnosis} (in reply to RCPT TO command)

--4B2C61.1732528800/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4B2C61
X-Postfix-Sender: rfc822; erdkreis@testserver
Arrival-Date: Wed, 25 Nov 2026 10:00:00 +0100 (CET)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; {diagnosis}

--4B2C61.1732528800/mx.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822

""".encode()
        + bytes_of(letter)
        + b"\n--4B2C61.1732528800/mx.example.org--\n"
    )


def exim(letter, to, status="5.0.0", diagnosis="smtp; 550 No such user here"):
    """Exim: says 5.0.0 whatever it was, and knows more in its own words."""
    code = f"Diagnostic-Code: {diagnosis}\n" if diagnosis else ""
    return f"""\
Return-path: <>
From: Mail Delivery System <Mailer-Daemon@exim.example.net>
To: erdkreis@testserver
Auto-Submitted: auto-replied
X-Failed-Recipients: {to}
Content-Type: multipart/report; report-type=delivery-status; boundary=1732528800-eximdsn-1804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender

--1732528800-eximdsn-1804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

  {to}
    {diagnosis or "Unrouteable address"}

--1732528800-eximdsn-1804289383
Content-type: message/delivery-status

Reporting-MTA: dns; exim.example.net

Action: failed
Final-Recipient: rfc822;{to}
Status: {status}
{code}
--1732528800-eximdsn-1804289383
Content-type: text/rfc822-headers

{headers_of(letter)}

--1732528800-eximdsn-1804289383--
""".replace("\n", "\r\n").encode()


def exchange(letter, to, status="5.1.10"):
    """Exchange Online: a page in HTML first, and headers of its own at the letter."""
    return f"""\
From: <postmaster@outlook.example>
To: <erdkreis@testserver>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="77aab2bb-96a5-4d86-9ca4-6d2c1e7b6f0e"
Content-Language: de-DE
Subject: Unzustellbar
Auto-Submitted: auto-replied

--77aab2bb-96a5-4d86-9ca4-6d2c1e7b6f0e
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="9d1e7c"

--9d1e7c
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Ihre Nachricht an {to} konnte nicht zugestellt werden. F=FCr Administratoren =FCblich.

--9d1e7c
Content-Type: text/html; charset="iso-8859-1"

<html><body><script>alert(1)</script><p>{to}</p></body></html>

--9d1e7c--

--77aab2bb-96a5-4d86-9ca4-6d2c1e7b6f0e
Content-Type: message/delivery-status

Reporting-MTA: dns;FR2P281MB0001.outlook.example
Received-From-MTA: dns;testserver
Arrival-Date: Wed, 25 Nov 2026 09:00:00 +0000

Final-Recipient: rfc822;{to}
Action: failed
Status: {status}
Diagnostic-Code: smtp;550 {status} RESOLVER.ADR.RecipientNotFound; Recipient not found
 by SMTP address lookup
X-Display-Name: Anna

--77aab2bb-96a5-4d86-9ca4-6d2c1e7b6f0e
Content-Type: message/rfc822

ARC-Seal: i=1; a=rsa-sha256; s=none; d=outlook.example; cv=none
{headers_of(letter)}

--77aab2bb-96a5-4d86-9ca4-6d2c1e7b6f0e--
""".encode()
