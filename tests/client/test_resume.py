"""Where an operation may be polled, and how another process goes on watching it."""

import base64
import pickle

import pytest

from tests.client.scripted import (
    MONITOR,
    POLL,
    WEB_URL,
    Script,
    accepted,
    answer,
    ended,
    put,
    reimage,
    running,
    scale_set,
    scripted,
)
from vmss_sdk import (
    ClientUsageError,
    ForeignHostError,
    OperationFailedError,
    OperationTimeoutError,
    Response,
    StaticTokenCredential,
    VirtualMachineScaleSet,
    VmssClient,
)


@pytest.mark.parametrize(
    "link", ["https://evil.example/op", "http://management.azure.com/op", "https://management.azure.com:444/op"]
)
def test_a_poll_url_of_another_host_is_not_followed(link: str) -> None:
    """Azure-AsyncOperation decides where a token would go, so it must stay at the endpoint."""
    operation, script = reimage(answer(202, azure_asyncoperation=link))

    with pytest.raises(ForeignHostError, match="no token was sent"):
        operation.wait()
    assert len(script.sent) == 1


def test_a_resource_location_of_another_host_is_not_followed() -> None:
    """The same holds for where the result is said to be."""
    operation, script = put(
        answer(200, scale_set(), azure_asyncoperation=POLL), ended(resourceLocation="https://evil.example/x")
    )

    with pytest.raises(ForeignHostError):
        operation.result()
    assert len(script.sent) == 2


def test_a_relative_poll_url_is_completed() -> None:
    """A path alone means the endpoint."""
    operation, script = reimage(answer(202, azure_asyncoperation="/operations/op-1?x=1"), ended())

    operation.wait()

    assert script.sent[1] == "GET https://management.azure.com/operations/op-1?x=1"


def test_a_token_goes_on_in_another_client() -> None:
    """What one process began another can finish, with the same request id and a typed result."""
    begun, first = put(answer(200, scale_set("Updating"), azure_asyncoperation=POLL))
    client, second = scripted(running(), ended(), answer(200, scale_set("Succeeded")))

    resumed = client.resume(begun.resume_token)

    assert isinstance(resumed.result(), VirtualMachineScaleSet)
    assert second.sent == [f"GET {POLL}", f"GET {POLL}", f"GET {WEB_URL}"]
    assert second.requests[0].headers["x-ms-client-request-id"] == first.requests[0].headers["x-ms-client-request-id"]


@pytest.mark.parametrize("first", [accepted(), answer(202, location=MONITOR)], ids=["asyncOperation", "Location"])
def test_a_token_of_a_verb_without_result_gives_none(first: Response) -> None:
    """The token knows that there is no result to fetch."""
    operation, _ = reimage(first)
    client, script = scripted(ended())

    assert client.resume(operation.resume_token).result() is None
    assert len(script.sent) == 1


def test_a_token_of_an_ended_put_fetches_the_resource() -> None:
    """What ended in one answer needs no poll, only its result."""
    operation, _ = put(answer(200, scale_set("Succeeded")))
    client, script = scripted(answer(200, scale_set("Succeeded")))

    assert client.resume(operation.resume_token).result().name == "web"
    assert script.sent == [f"GET {WEB_URL}"]


def test_a_token_of_a_failed_operation_fails_again() -> None:
    """The service is asked again, and says so again."""
    operation, _ = reimage(accepted(), ended("Failed", {"code": "X", "message": "y"}))
    operation.wait()
    client, _ = scripted(ended("Failed", {"code": "X", "message": "y"}))

    with pytest.raises(OperationFailedError):
        client.resume(operation.resume_token).result()


def test_a_token_holds_no_credential() -> None:
    """It can be kept in a file: it has URLs and ids, no Authorization and no body."""
    operation, _ = reimage(accepted(), credential=StaticTokenCredential("secret-token"))
    text = base64.urlsafe_b64decode(operation.resume_token + "==").decode()

    assert "secret" not in text
    assert "Bearer" not in text


@pytest.mark.parametrize("token", ["", "x", "e30", "bnVsbA", "eyJ2IjoyfQ", "ü", "a b"])
def test_another_text_is_no_token(token: str) -> None:
    """A cut or foreign text is refused with a hint."""
    client, _ = scripted(ended())

    with pytest.raises(ClientUsageError, match="no resume token"):
        client.resume(token)


def test_a_token_of_another_endpoint_is_refused() -> None:
    """It would send this client's token to the place that the text names."""
    operation, _ = reimage(accepted())
    other = VmssClient("s", endpoint="https://management.chinacloudapi.cn", transport=Script(ended()))

    with pytest.raises(ForeignHostError, match="this resume token"):
        other.resume(operation.resume_token)


def test_a_timeout_can_be_pickled_with_its_token() -> None:
    """Errors cross process borders."""
    operation, _ = reimage(accepted(), running())

    with pytest.raises(OperationTimeoutError) as caught:
        operation.wait(1)
    copy = pickle.loads(pickle.dumps(caught.value))

    assert (copy.resume_token, str(copy)) == (operation.resume_token, str(caught.value))
