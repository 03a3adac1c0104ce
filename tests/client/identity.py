"""A stand-in for Microsoft Entra ID and for ARM in one HTTPS server: what azure-identity and our client ask of them."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import attrs
import trustme

from tests.transport.stand_in import serving
from vmss_sdk import Request, Response, wire

TENANT = "11111111-1111-1111-1111-111111111111"
CLIENT = "22222222-2222-2222-2222-222222222222"
SECRET = "client-secret~1"
CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
CHALLENGE = (
    'Bearer authorization_uri="https://login.windows.net/", error="insufficient_claims", claims='
    '"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ"'
)
"""As in Microsoft's description of Continuous Access Evaluation; the padding of the base64 is missing there too."""


@attrs.define
class Entra:
    """Gives tokens ``token-1``, ``token-2`` … and, as ARM, answers whoever has the newest one.

    Attributes:
        base: Where it is served.
        lifetime: Seconds that a token lives.
        refresh_in: Seconds after which Entra wants it renewed.
        granted: The form of each request for a token.
        authorizations: What the requests to ARM carried.
        challenge: Whether ARM demands claims until a token was granted for them.
    """

    base: str = ""
    lifetime: int = 3600
    refresh_in: int | None = None
    granted: list[dict[str, str]] = attrs.field(factory=list)
    authorizations: list[str | None] = attrs.field(factory=list)
    challenge: bool = False

    def handle(self, request: Request) -> Response:
        path = urlsplit(request.url).path
        if path.endswith("/.well-known/openid-configuration"):
            return self._json(self._configuration())
        if path.endswith("/oauth2/v2.0/token"):
            return self._token({name: values[0] for name, values in parse_qs(request.body.decode()).items()})
        if path == "/msi/token":
            return self._managed(request)
        return self._arm(request)

    def _configuration(self) -> dict[str, str]:
        tenant = f"{self.base}/{TENANT}"
        return {
            "issuer": f"{tenant}/v2.0",
            "authorization_endpoint": f"{tenant}/oauth2/v2.0/authorize",
            "token_endpoint": f"{tenant}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{tenant}/oauth2/v2.0/devicecode",
        }

    def _token(self, form: dict[str, str]) -> Response:
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            why = "AADSTS7000215: Invalid client secret provided."
            return self._json({"error": "invalid_client", "error_description": why}, 401)
        self.granted.append(form)
        document = {"token_type": "Bearer", "expires_in": self.lifetime, "access_token": f"token-{len(self.granted)}"}
        return self._json(document if self.refresh_in is None else {**document, "refresh_in": self.refresh_in})

    def _managed(self, request: Request) -> Response:
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        self.granted.append({**query, "header": request.headers["X-IDENTITY-HEADER"]})
        token, resource = f"token-{len(self.granted)}", query["resource"]
        document = {"access_token": token, "expires_on": "4102444800", "token_type": "Bearer", "resource": resource}
        return self._json(document)

    def _arm(self, request: Request) -> Response:
        sent = request.headers.get("Authorization")
        self.authorizations.append(sent)
        if self.challenge and not any("claims" in form and CLAIMS in form["claims"] for form in self.granted):
            return Response(401, {"WWW-Authenticate": CHALLENGE}, b'{"error":{"code":"InteractionRequired"}}')
        if sent != f"Bearer token-{len(self.granted)}":
            return self._json({"error": {"code": "InvalidAuthenticationToken", "message": "not this one"}}, 401)
        return self._json({"value": [{"name": "web"}]})

    def _json(self, document: object, status: int = 200) -> Response:
        return Response(status, {"Content-Type": "application/json"}, wire.encode(document))


@contextmanager
def entra(folder: Path) -> Iterator[tuple[Entra, str]]:
    """It, and the path of the CA bundle with which it is trusted."""
    authority, bundle = trustme.CA(), folder / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    service = Entra()
    with serving(service, context) as address:
        service.base = address
        yield service, str(bundle)
