# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium through chromedriver (W3C WebDriver), with nothing but Python's own library."""

import base64
import json
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
STARTED = re.compile(r"started successfully on port (\d+)")
ANSWER_WITHIN_S = 120
KEYS = {"Enter": "\ue007", "ArrowDown": "\ue015", "ArrowUp": "\ue013", "Tab": "\ue004"}


class Browser:
    """One browser with an empty profile; what it logs and whatever it asks the network for are kept."""

    def __init__(self):
        self._profile = tempfile.mkdtemp(prefix="gpsh-report-")
        self._driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        self._base = "http://127.0.0.1:" + self._port()
        options = {"args": FLAGS + ["--user-data-dir=" + self._profile, "--window-size=1280,900"]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._base += "/session/" + session["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._call("DELETE", "")
        finally:
            self._driver.terminate()
            self._driver.wait()
            self._driver.stdout.close()
            shutil.rmtree(self._profile, ignore_errors=True)

    def _port(self):
        for line in self._driver.stdout:
            started = STARTED.search(line)
            if started:
                return started.group(1)
        raise RuntimeError("chromedriver did not start")

    def _call(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self._base + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_WITHIN_S) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def open(self, path):
        self._call("POST", "/url", {"url": "file://" + path})

    def run(self, script, *arguments):
        """A function body run in the page; what it returns."""
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def wait_for(self, condition):
        """Until an expression of the page is true, frame by frame; the driver gives up after 30 seconds."""
        self._call("POST", "/execute/async", {"args": [], "script": """
          const done = arguments[0];
          const look = () => (%s) ? done() : requestAnimationFrame(look);
          look();""" % condition})

    def command(self, name, **parameters):
        """A command of the DevTools protocol."""
        return self._call("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def _find(self, selector):
        return self._call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self._call("POST", "/element/" + self._find(selector) + "/click", {})

    def type(self, selector, text):
        self._call("POST", "/element/" + self._find(selector) + "/value", {"text": text})

    def press(self, *keys):
        """Keys go to what has the focus."""
        strokes = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self._call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.textContent", selector)

    def console(self):
        return self._call("POST", "/se/log", {"type": "browser"})

    def requests(self):
        """The addresses asked for since the last call."""
        messages = [json.loads(entry["message"])["message"]
                    for entry in self._call("POST", "/se/log", {"type": "performance"})]
        return [message["params"]["request"]["url"] for message in messages
                if message["method"] == "Network.requestWillBeSent"]

    def accessible(self):
        """(role, name) of everything that a screen reader comes across."""
        nodes = self.command("Accessibility.getFullAXTree")["nodes"]
        return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes
                if not node.get("ignored") and "role" in node]

    def size(self, width, height):
        self._call("POST", "/window/rect", {"width": width, "height": height})

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self._call("GET", "/screenshot")))
