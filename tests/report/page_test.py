#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""page_test.py: the page of gpsh report in a headless Chromium. GPSH_PROGRAM names gpsh."""

import os
import pathlib
import subprocess
import tempfile
import unittest

from browser import Browser

KEY = "404142434445464748494A4B4C4D4E4F"
OPENING = ["mode_211", "establish_context", "card_connect", "select -AID A000000003000000",
           "open_sc -security 3 -keyver 0 -key " + KEY]
MANY = 5000
EVIL = "</script><script>document.title='taken'</script><img src=http://127.0.0.1:9/ onerror=alert(1)>"
SHOWN = "return [...document.querySelectorAll('details.row')].filter((row) => row.checkVisibility()).length"
OPEN = "return document.querySelectorAll('details.row[open]').length"
FOCUSED = "return document.activeElement.closest('details')?.id"


class Folder:
    """Scripts, recordings and pages of one test."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="gpsh-report-")
        self.path = pathlib.Path(self._folder.name)

    def remove(self):
        self._folder.cleanup()

    def gpsh(self, *arguments):
        environment = dict(os.environ, XDG_STATE_HOME=self._folder.name)
        run = subprocess.run([os.environ["GPSH_PROGRAM"], *arguments], cwd=self.path, env=environment,
                             capture_output=True, text=True, check=False)
        if run.returncode == 70 or "error" in run.stderr.splitlines()[:1]:
            raise AssertionError(run.stderr)
        return run

    def recording(self, name, lines, *options):
        (self.path / (name + ".txt")).write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.gpsh("--card", "virtual:jcop-j2a040", *options, "--record", name + ".jsonl", name + ".txt")
        return name + ".jsonl"

    def page(self, *arguments):
        run = self.gpsh("report", *arguments, "-o", "page.html")
        assert run.returncode == 0, run.stderr
        return str(self.path / "page.html")


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.browser.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()

    def setUp(self):
        self.folder = Folder()
        self.browser.open("/dev/null")
        self.browser.requests()

    def tearDown(self):
        """Whatever a test did, the page said nothing on the console and asked for nothing."""
        asked = [url for url in self.browser.requests()
                 if not url.startswith(("file://" + str(self.folder.path), "data:", "chrome"))]
        self.folder.remove()
        self.assertEqual(self.browser.console(), [])
        self.assertEqual([url for url in asked if url != "file:///dev/null"], [])

    def open_small(self):
        name = self.folder.recording("small", OPENING + ["get_status -element 80", "get_status -element 40"])
        self.browser.open(self.folder.page(name))

    def count(self):
        return self.browser.text(".count").replace("\u00a0", " ").replace("\u202f", "")

    def test_summary(self):
        self.open_small()
        facts = self.browser.text(".facts").replace("\u00a0", " ")
        for part in ("small.txt", "gpsh Virtual Card 00, T=1", "3B D5 18 FF", "SCP02 i=15", "2 of 2 commands right",
                     "6 APDUs"):
            self.assertIn(part, facts)
        self.assertEqual(self.browser.text("header .badge"), "✓ ended well")
        self.assertIn("GET DATA 0066 (card data): 6985", self.browser.text("#problems"))

    def test_rows_fold_out(self):
        self.open_small()
        self.assertEqual(self.browser.run("return document.querySelectorAll('.details').length"), 0)
        self.browser.click("details.row:last-of-type summary")
        self.browser.wait_for("document.querySelector('details[open] .details')")
        self.assertEqual(self.browser.run(OPEN), 1)
        details = self.browser.text("details[open] .details")
        for part in ("Without secure messaging", "On the wire", "C-MAC right", "80 F2 40 02", "84 F2 40 02"):
            self.assertIn(part, details)

    def test_a_problem_leads_to_its_exchange(self):
        self.open_small()
        self.browser.click("#problems a")
        self.assertEqual(self.browser.run(OPEN), 1)
        self.assertIn("GET DATA 0066", self.browser.text("details[open] summary"))
        self.assertEqual(self.browser.run(FOCUSED), self.browser.run("return document.querySelector('details[open]').id"))

    def test_filter_by_command_and_answer(self):
        self.open_small()
        self.browser.run("const s = document.getElementById('filter-command'); s.value = 'GET STATUS';"
                         "s.dispatchEvent(new Event('change'))")
        self.assertEqual((self.browser.run(SHOWN), self.count()), (2, "2 of 6 exchanges"))
        self.browser.run("const s = document.getElementById('filter-status'); s.value = '6985';"
                         "s.dispatchEvent(new Event('change'))")
        self.assertEqual((self.browser.run(SHOWN), self.count()), (0, "0 of 6 exchanges"))

    def test_the_table_of_commands_filters_too(self):
        self.open_small()
        self.browser.click(".totals tbody tr:first-child button")
        name = self.browser.text(".totals tbody tr:first-child button")
        self.assertEqual(self.browser.run("return document.getElementById('filter-command').value"), name)
        self.assertLess(self.browser.run(SHOWN), 6)

    def test_search_in_names_bytes_and_meanings(self):
        self.open_small()
        for typed, shown in (("authenticate", 1), ("80 f2 40 02", 1), ("OP Ready", 1), ("no such thing", 0), ("", 6)):
            self.browser.run("const s = document.getElementById('search'); s.value = arguments[0];"
                             "s.dispatchEvent(new Event('input'))", typed)
            self.assertEqual(self.browser.run(SHOWN), shown, typed)

    def test_keyboard(self):
        self.open_small()
        self.browser.run("document.body.focus()")
        self.browser.press("/")
        self.assertEqual(self.browser.run("return document.activeElement.id"), "search")
        self.browser.type("#search", "GET STATUS")
        self.assertEqual(self.browser.run(SHOWN), 2)
        self.browser.run("document.querySelector('details.row:not([hidden]) summary').focus()")
        first = self.browser.run(FOCUSED)
        self.browser.press("ArrowDown")
        second = self.browser.run(FOCUSED)
        self.assertNotEqual(first, second)
        self.browser.press("Enter")
        self.assertEqual(self.browser.run("return document.querySelector('details[open]').id"), second)
        self.browser.press("ArrowUp")
        self.assertEqual(self.browser.run(FOCUSED), first)

    def test_accessibility_tree_has_names(self):
        self.open_small()
        tree = self.browser.accessible()
        for wanted in (("heading", "small.jsonl"), ("heading", "Exchanges"), ("region", "Summary"),
                       ("searchbox", "Search"), ("combobox", "Command"), ("combobox", "Answer"), ("status", ""),
                       ("image", "refused, and nothing was lost by it"), ("search", "Exchanges")):
            self.assertIn(wanted, tree)
        for role, name in tree:
            if role in ("button", "link", "searchbox", "combobox", "image", "DisclosureTriangle", "heading"):
                self.assertNotEqual(name.strip(), "", role)

    def test_light_and_dark(self):
        self.open_small()
        colour = "return getComputedStyle(document.body).backgroundColor"
        light = self.browser.run(colour)
        self.browser.click("#theme")
        dark = self.browser.run(colour)
        self.assertNotEqual(light, dark)
        self.browser.click("#theme")
        self.browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
        self.assertEqual(self.browser.run(colour), light)
        self.browser.command("Emulation.setEmulatedMedia", features=[])

    def test_text_can_be_read_in_both_colours(self):
        self.open_small()
        self.browser.click(".filter button")
        for theme in ("light", "dark"):
            worst = self.browser.run("""
              document.documentElement.dataset.theme = arguments[0];
              const probe = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
              const light = (colour) => {
                probe.fillStyle = colour; probe.fillRect(0, 0, 1, 1);
                const [r, g, b] = [...probe.getImageData(0, 0, 1, 1).data].map((c) => c / 255)
                  .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const page = light(getComputedStyle(document.body).backgroundColor);
              const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              const texts = [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility());
              return Math.min(...texts.map((each) => ratio(light(getComputedStyle(each).color), page)));""", theme)
            # WCAG 2.2 success criterion 1.4.3.
            self.assertGreaterEqual(worst, 4.5, theme)

    def test_narrow_screens_scroll_in_one_direction(self):
        self.browser.command("Emulation.setDeviceMetricsOverride", width=360, height=700, deviceScaleFactor=1, mobile=False)
        try:
            self.open_small()
            self.browser.click("#problems a")
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 360)
        finally:
            self.browser.command("Emulation.clearDeviceMetricsOverride")

    def test_many_exchanges(self):
        name = self.folder.recording("many", OPENING + ["get_status -element 40"] * MANY)
        self.browser.open(self.folder.page(name))
        self.assertEqual(self.count(), "%d exchanges" % (MANY + 4))
        # What is not looked at is not built: neither details nor, out of view, a layout.
        self.assertEqual(self.browser.run("return document.querySelectorAll('.details').length"), 0)
        self.assertLess(self.browser.run("return document.querySelectorAll('*').length"), 15 * MANY)
        last = ("const rows = document.querySelectorAll('details.row');"
                "return rows[rows.length - 1].%s")
        self.assertEqual(self.browser.run("return getComputedStyle(document.querySelector('.block')).contentVisibility"),
                         "auto")
        self.browser.type("#search", "host challenge")
        self.assertEqual(self.count(), "1 of %d exchanges" % (MANY + 4))
        self.browser.run("const s = document.getElementById('search'); s.value = '';"
                         "s.dispatchEvent(new Event('input')); goTo(%d)" % (2 * MANY))
        self.assertEqual(self.browser.run(OPEN), 1)
        self.assertFalse(self.browser.run(last % "open"))
        self.assertTrue(self.browser.run("return document.querySelector('.filter button').disabled"))

    def test_what_a_log_says_is_no_markup(self):
        (self.folder.path / "<b>evil.log").write_text(EVIL + "\n> 00A4040000\n< 9000\n" + EVIL + "\n", encoding="utf-8")
        self.browser.open(self.folder.page("<b>evil.log"))
        self.assertEqual(self.browser.text("h1"), "<b>evil.log")
        name = self.folder.recording("evil", OPENING[:3] + ["select"])
        self.browser.open(self.folder.page(name))
        # The names of a reader and of a command, as data of the page, shown by its own functions.
        self.browser.run("""
          const evil = arguments[0];
          DATA.sessions[0].cards[0].reader = evil;
          for (const entry of DATA.sessions[0].entries) { entry.text = evil; entry.name = evil; entry.meaning = evil; }
          document.getElementById('main').replaceChildren();
          showSession(DATA.sessions[0]);
          document.querySelector('details.row').open = true;""", EVIL)
        self.assertIn(EVIL, self.browser.text(".facts"))
        self.assertEqual(self.browser.run("return document.querySelectorAll('img, #main script').length"), 0)
        self.assertEqual(self.browser.run("return document.title"), "evil.jsonl - gpsh report")

    def test_whatever_asks_for_more_is_blocked(self):
        name = self.folder.recording("small", OPENING)
        page = pathlib.Path(self.folder.page(name))
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("</footer>", "</footer><script>document.title = 'taken'</script>"
                                     "<img src='file:///dev/null'>"), encoding="utf-8")
        self.browser.open(str(page))
        said = [entry["message"] for entry in self.browser.console()]
        self.assertEqual(len([each for each in said if "Content Security Policy" in each]), 2, said)
        self.assertEqual(self.browser.run("return document.title"), "small.jsonl - gpsh report")

    def test_printing_shows_what_is_open(self):
        self.open_small()
        self.browser.click(".filter button")
        self.assertEqual(self.browser.run(OPEN), 6)
        self.browser.command("Emulation.setEmulatedMedia", media="print")
        self.assertFalse(self.browser.run("return document.querySelector('.filter').checkVisibility()"))
        self.assertTrue(self.browser.run("return document.querySelector('.details').checkVisibility()"))
        self.assertEqual(self.browser.run("return getComputedStyle(document.querySelector('.block')).contentVisibility"),
                         "visible")
        self.browser.command("Emulation.setEmulatedMedia", media="")

    def test_the_workflow_makes_a_page_of_each_recording(self):
        workflow = pathlib.Path(__file__).parents[2] / "docs" / "ci-workflow.yml"
        block = workflow.read_text(encoding="utf-8").split("run: |\n")[1].split("      - name:")[0]
        (self.folder.path / "cards").mkdir()
        for name in ("one", "two"):
            self.folder.recording("cards/" + name, OPENING)
        program = pathlib.Path(os.environ["GPSH_PROGRAM"])
        subprocess.run(["sh", "-euc", block], cwd=self.folder.path, check=True, stdout=subprocess.DEVNULL,
                       env=dict(os.environ, PATH=str(program.parent) + ":" + os.environ["PATH"]))
        self.browser.open(str(self.folder.path / "reports" / "two.html"))
        self.assertEqual(self.browser.text("h1"), "two.jsonl")

    def test_two_recordings_side_by_side(self):
        script = OPENING + ["get_status -element 80", "get_status -element 40"]
        first = self.folder.recording("first", script)
        second = self.folder.recording("second", script, "--fault", "sw=6985@ins:F2#2", "--no-check")
        self.browser.open(self.folder.page("--diff", first, second))
        self.assertEqual(self.browser.text("header .badge"), "≠ they differ")
        self.assertEqual((self.browser.run(SHOWN), self.count()), (1, "1 of 6 steps, 1 differ"))
        self.browser.click("details.row:not([hidden]) summary")
        self.browser.wait_for("document.querySelector('.differences')")
        self.assertEqual(self.browser.text(".differences tbody tr:first-child"), "status word90006985")
        self.browser.click("#only-differences")
        self.assertEqual(self.browser.run(SHOWN), 6)


if __name__ == "__main__":
    unittest.main(verbosity=2)
