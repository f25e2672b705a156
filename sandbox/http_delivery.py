"""Signed HTTP delivery to the app's request URL."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from sandbox.app import AppUnderTest
from sandbox.clock import SystemClock
from sandbox.delivery import DeliveryFailed, Kind, Retry
from sandbox.kinds import Json

MOST_REDIRECTS = 2
FORM = "application/x-www-form-urlencoded"


def sign(secret: str, timestamp: int, body: str) -> str:
    mac = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={mac.hexdigest()}"


@dataclass
class HttpDelivery:
    app: AppUnderTest
    session: aiohttp.ClientSession

    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> Json:
        body, headers = self._request(kind, payload)
        if retry is not None:
            headers["X-Slack-Retry-Num"] = str(retry.number)
            headers["X-Slack-Retry-Reason"] = retry.reason
        assert self.app.request_url is not None
        try:
            async with self.session.post(
                self.app.request_url,
                data=body.encode(),
                headers=headers,
                # The HTTP client counts the redirect at which it gives up.
                max_redirects=MOST_REDIRECTS + 1,
            ) as response:
                return _read(response, await response.text())
        except aiohttp.TooManyRedirects as error:
            raise DeliveryFailed("http_client_error", "too_many_redirects") from error
        except aiohttp.ClientError as error:
            raise DeliveryFailed("dispatch_failed", "connection_failed") from error

    async def verify_url(self, challenge: str = "are you there") -> bool:
        """The handshake when a request URL is entered in Slack's settings."""
        question = {"type": "url_verification", "challenge": challenge, "token": "sandbox"}
        try:
            answer = await self.send("events_api", question, None)
        except DeliveryFailed:
            return False
        return challenge in {answer.get("challenge"), answer.get("text")}

    def _request(self, kind: Kind, payload: Json) -> tuple[str, dict[str, str]]:
        if kind == "events_api":
            body, content_type = json.dumps(payload), "application/json"
        elif kind == "slash_commands":
            body, content_type = urlencode(payload), FORM
        else:
            body, content_type = urlencode({"payload": json.dumps(payload)}), FORM
        # The app compares this with its own watch, so it is never the workspace's clock.
        timestamp = int(SystemClock().now().timestamp())
        return body, {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": sign(self.app.signing_secret, timestamp, body),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }


def _read(response: aiohttp.ClientResponse, text: str) -> Json:
    if not 200 <= response.status < 300:
        error = "http_service_error" if response.status >= 500 else "http_client_error"
        refused = response.headers.get("X-Slack-No-Retry") == "1"
        raise DeliveryFailed(error, "http_error", retry=not refused)
    if not text.strip():
        return {}
    if response.content_type == "application/json":
        try:
            body = json.loads(text)
        except ValueError as error:
            raise DeliveryFailed("invalid_json", "http_error") from error
        return body if isinstance(body, dict) else {}
    return {"text": text}
