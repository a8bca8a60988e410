"""A sign-in provider on this machine, as strict as a real one, and able to misbehave."""

import hmac
import json
import secrets
import time
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
CLIENT, SECRET = "erdkreis", "a-secret-between-the-two"


class SignInProvider:
    """Discovery, keys, code flow with PKCE and nonce, over real connections."""

    def __init__(self, redirect_uri: str) -> None:
        self.redirect_uri = redirect_uri
        self.key = KEY
        self.person = {"sub": "7", "email": "ada@example.org", "email_verified": True}
        self.claims = {}  # what differs from what is right
        self.sign_with, self.algorithm = None, "RS256"
        self.described = {}
        self.told = {}  # by the door for questions about a person, if there is one
        self.is_away_at = ""
        self.seen = []  # what came to the doors, for tests to look at
        self._codes = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path, given, client):
        """Return status and body, or an address to go on to."""
        self.seen.append((path, given))
        if path == self.is_away_at:
            return 500, {"error": "server_error"}
        doors = {
            "/.well-known/openid-configuration": self._describe,
            "/keys": self._keys,
            "/authorize": self._authorize,
            "/token": self._token,
            "/userinfo": lambda _given, _client: (200, self.told),
        }
        door = doors.get(path)
        return door(given, client) if door else (404, {})

    def _describe(self, _given, _client):
        return 200, {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        } | self.described

    def _keys(self, _given, _client):
        return 200, {"keys": [self.key.as_dict(private=False)]}

    def _authorize(self, given, _client):
        asked = (given.get("client_id"), given.get("redirect_uri"), given.get("response_type"))
        if asked != (CLIENT, self.redirect_uri, "code"):
            return 400, {"error": "invalid_request"}
        if given.get("code_challenge_method") != "S256" or "openid" not in given["scope"].split():
            return 400, {"error": "invalid_request"}
        code = secrets.token_urlsafe()
        self._codes[code] = given
        return 302, f"{self.redirect_uri}?{urlencode({'code': code, 'state': given['state']})}"

    def _token(self, given, client):
        if client != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        asked = self._codes.pop(given.get("code"), None)  # a code is good once
        verifier = given.get("code_verifier", "")
        challenge = _written(sha256(verifier.encode()).digest())
        if not asked or asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        return 200, {
            "access_token": secrets.token_urlsafe(),
            "token_type": "Bearer",
            "id_token": self._id_token(asked["nonce"]),
        }

    def _id_token(self, nonce):
        now = int(time.time())
        right = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        claims = right | self.person | self.claims
        header = {"alg": self.algorithm, "kid": "one"}
        if self.algorithm == "RS256":
            return jwt.encode(header, claims, self.sign_with or self.key)
        # By hand: no library lets itself be used for these.
        words = ".".join(_written(json.dumps(part).encode()) for part in (header, claims))
        # The old trick: the public key, which everybody has, taken for a shared secret.
        mark = hmac.digest(self.key.as_pem(private=False), words.encode(), "sha256")
        return f"{words}.{_written(mark) if self.algorithm == 'HS256' else ''}"


def _written(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _handler(provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            at = urlsplit(self.path)
            self._say(*provider.answer(at.path, dict(parse_qsl(at.query)), None))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(*provider.answer(self.path, given, self._client()))

        def _client(self):
            _kind, _space, packed = self.headers.get("Authorization", "").partition(" ")
            name, _colon, secret = b64decode(packed).decode().partition(":")
            return unquote(name), unquote(secret)

        def _say(self, status, body):
            self.send_response(status)
            if isinstance(body, str):
                self.send_header("Location", body)
                self.end_headers()
                return
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_args):
            """Say nothing on the terminal."""

    return Handler
