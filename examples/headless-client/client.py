"""Logs in once and calls a tool, with Python's standard library alone.

GATEWAY=http://127.0.0.1:8808 ADMIN_USER=ana ADMIN_PASSWORD=… python client.py oak
"""

import json
import os
import secrets
import sys
from http.cookies import SimpleCookie
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class Gateway:
    """One admin session. Cookies that Django renews are kept."""

    def __init__(self, url):
        self.url = url.rstrip("/")
        # Any random token will do for the login: Django compares the cookie with the header.
        self.cookies = {"csrftoken": secrets.token_hex(16)}

    def post(self, path, body):
        request = Request(
            self.url + path,
            json.dumps(body).encode(),
            {
                "Content-Type": "application/json",
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "X-CSRFToken": self.cookies["csrftoken"],
            },
        )
        try:
            answer = urlopen(request, timeout=60)
        except HTTPError as error:
            raise SystemExit(f"{path} answered {error.code}: {error.read().decode()}") from None
        with answer:
            for line in answer.headers.get_all("Set-Cookie", []):
                for name, morsel in SimpleCookie(line).items():
                    self.cookies[name] = morsel.value
            return json.load(answer)

    def call(self, tool, **arguments):
        params = {"name": tool, "arguments": arguments}
        answer = self.post(
            "/mcp/", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        )
        if "error" in answer:
            raise SystemExit(answer["error"]["message"])
        if answer["result"].get("isError"):
            raise SystemExit(answer["result"]["content"][0]["text"])
        return answer["result"]["structuredContent"]


gateway = Gateway(os.environ["GATEWAY"])
gateway.post(
    "/api/v1/login/",
    {"username": os.environ["ADMIN_USER"], "password": os.environ["ADMIN_PASSWORD"]},
)
# The answers are lean for agents; a program takes the body of the REST API.
found = gateway.call(
    "admin_list",
    app_label="catalog",
    model_name="product",
    search=" ".join(sys.argv[1:]),
    view="full",
)
for row in found["results"]:
    print(row["pk"], row["fields"]["name"])
gateway.post("/api/v1/logout/", {})
