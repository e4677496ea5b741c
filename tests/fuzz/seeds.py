# SPDX-License-Identifier: Apache-2.0
"""seeds.py SOURCES GPSH FOLDER: makes FOLDER anew: for each fuzz target a folder of inputs to begin with, FOLDER/TARGET,
and where its input has words of its own a dictionary, FOLDER/TARGET.dict.

Inputs are made from scripts, profiles and keys of the tree, and from what GPSH records of the virtual card with them;
words are the string literals of the sources that read them. Each input has the form that its target expects: most
begin with a byte that chooses."""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

sources, gpsh, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])

# target: sources whose string literals are its words
WORDS = {
    "script": ["interpreter/commands/*.h", "interpreter/values.h", "interpreter/value_kinds.cpp"],
    "profile": ["virtualcard/profile*.cpp", "virtualcard/card_json.cpp", "virtualcard/secure_channel_options.cpp",
                "virtualcard/fault.cpp"],
    "recording": ["sessions/recording*.cpp", "sessions/recording.h"],
    "pem": ["gp/pem_*.cpp", "gp/token_key.cpp"],
    "log": ["sessions/importers/*.cpp", "sessions/key_words.cpp", "sessions/logged_keys.cpp"],
}
# source: whose tags are the words of these targets
TAGS = {"gp/tlv_tree.cpp": ["tlv", "card_objects", "explain", "card_responses", "virtual_card"]}
CARDS = {
    "listgp211.txt": ["generic-scp02", "t0-card"],
    "card-data.txt": ["generic-scp02", "jcop-j2a040"],
    "install.txt": ["generic-scp02", "generic-scp01", "scp03-i70"],
    "put-keys.txt": ["scp03-i70"],
    "personalise.txt": ["generic-scp02"],
}
IMPORTERS = ["gpshell", "gp_jar", "securo", "jcshell", "opensc", "pcsc_lite", "gpj", "pysim", "arrows", "hex_dump",
             "labels", "any_text"]
RAW = b"\xff"  # the choice of most targets that takes the rest as it is


def literals(patterns):
    text = "".join(file.read_text() for pattern in patterns for file in sorted(sources.glob(pattern)))
    found = re.findall(r'"((?:[^"\\\n]|\\.)+)"', re.sub(r"#include.*|//.*", "", text))
    return sorted({each for each in found if each.count(" ") < 3 and re.fullmatch(r"[ -\[\]-~]+", each)})


def write_dictionaries():
    for target, patterns in WORDS.items():
        entries = ['"%s"\n' % word for word in literals(patterns)]
        for each in ["import_" + name for name in IMPORTERS] if target == "log" else []:
            (folder / (each + ".dict")).write_text("".join(entries))
        (folder / (target + ".dict")).write_text("".join(entries))
    for source, targets in TAGS.items():
        tags = sorted(set(re.findall(r"NamedTag\{0x([0-9A-F]+)", (sources / source).read_text())))
        entries = ['"%s"\n' % re.sub("(..)", r"\\x\1", tag) for tag in tags]
        for target in targets:
            (folder / (target + ".dict")).write_text("".join(entries))


def seed(target, content):
    place = folder / target
    place.mkdir(exist_ok=True)
    (place / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)


def record(script, card):
    """What the run writes: the log, and the recording."""
    recording = folder / "recording.jsonl"
    recording.unlink(missing_ok=True)
    log = subprocess.run([gpsh, "--card", "virtual:" + card, "--trace", "gpshell", "--record", recording, script],
                         cwd=script.parent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    text = recording.read_bytes()
    recording.unlink()
    return log, text


def exchanges_of(recording):
    events = [json.loads(line) for line in recording.splitlines()]
    return [(bytes.fromhex(event["wire"]), bytes.fromhex(event["response"]))
            for event in events if event.get("event") == "exchange" and "response" in event]


def in_runs(content):
    """For the importers: bytes of hex in runs of up to 31."""
    runs = [content[at:at + 31] for at in range(0, len(content), 31)]
    return b"".join(bytes([7 | len(run) << 3]) + run for run in runs)


def explained(command, response):
    """For explain: header, status, data of the command, data of the answer, both of one length."""
    starts = ["80CA", "80E6", "80D8", "80E2", "80F2", "8050", "8482", "00A4", "80E8", "0020", "84E2", "80E4", "80F0"]
    start = command[:2].hex().upper()
    if start not in starts:
        return None
    data, answer = command[5:], response[:-2]
    length = max(len(data), len(answer)) + 1
    good = 1 if response[-2:] == b"\x90\x00" else 0
    head = bytes([starts.index(start), command[2], command[3], good, 0])
    return head + data.ljust(length, b"\0") + answer.ljust(length, b"\0")


def seeds_of_session(log, recording):
    seed("log", b"\xe6" + log)
    seed("recording", b"\0" + recording)
    for line in recording.splitlines():
        seed("recording", b"\0" + re.sub(rb',"check":"[0-9a-f]*"}$', b"", line))
    exchanges = exchanges_of(recording)
    made = b"".join(b"\0" + in_runs(command) + b"\1" + in_runs(response) for command, response in exchanges)
    for importer in IMPORTERS:
        seed("import_" + importer, RAW + log)
        seed("import_" + importer, b"\0" + made)
    commands = [bytes([0xE0 + len(command)]) + command for command, _ in exchanges if len(command) < 32]
    for profile in range(5):
        seed("virtual_card", bytes([profile]) + b"".join(commands))
        seed("virtual_card", bytes([0x80 + profile]) + b"".join(commands))
    for command, response in exchanges:
        seeds_of_exchange(command, response)


def seeds_of_exchange(command, response):
    data = response[:-2]
    if command[1] == 0x50:
        seed("initialize_update", RAW + data)
    if as_explained := explained(command, response):
        seed("explain", as_explained)
    if command[1] in (0xA4, 0xCA, 0xF2) and data:
        seed("tlv", data)
        for kind in [*range(10), 10, 20, 30]:
            seed("card_objects", bytes([kind]) + data)


def seeds_of_script(text):
    """As it is; with empty values; with wrong names of commands and of options, behind which keys are looked for."""
    seed("script", RAW + text)
    emptied = re.sub(rb"( -\w+) [^-\s]\S*", rb'\1 ""', text)
    seed("script", RAW + emptied)
    for each in (text, emptied):
        seed("script", RAW + re.sub(rb"(?m)^(\w)(\w+) -", rb"\1\1\2 -", each))
        seed("script", RAW + re.sub(rb" -(\w)(\w+)", rb" -\1\1\2", each))


def seeds_of_tree():
    for file in [*sources.glob("examples/*.txt"), *sources.glob("tests/scripts/**/*.txt")]:
        seeds_of_script(file.read_bytes())
    for number, file in enumerate(sorted(sources.glob("virtualcard/profiles/*.json"))):
        seed("profile", RAW + file.read_bytes())
        for name, value in json.loads(file.read_bytes()).items():
            seed("profile", bytes([number]) + json.dumps({name: value}).encode())
    for file in sources.glob("tests/data/pem/*.pem"):
        text = file.read_bytes()
        body = b"\n".join(line for line in text.splitlines() if not line.startswith(b"--"))
        for choice in (0xF0, 0xF1):
            seed("pem", bytes([choice]) + text)
        for label in range(5):
            seed("pem", bytes([label]) + body)
            seed("pem", bytes([label + 5]) + body)
    cap = sources / "examples/hello.cap"
    seed("cap_file", cap.read_bytes())
    with zipfile.ZipFile(cap) as archive:
        seed("cap_file", b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".cap")))


def seeds_of_channels():
    """The first bytes choose protocol, i and level; cards that answer as they should."""
    levels = {0: [0, 1, 3], 1: [0, 1, 3, 0x13], 2: [0, 1, 3, 0x11, 0x13, 0x33]}
    for protocol, i_values in enumerate([[0x05, 0x15], [0x15, 0x55, 0x1A], [0x00, 0x60, 0x70]]):
        for i in i_values:
            for level in levels[protocol]:
                seed("unwrap", bytes([protocol, i, level]) + bytes(range(0xC0, 0xFF)))
    for setting in range(5):
        seed("card_responses", bytes([setting]))
        # The card answers so many commands by itself, then 9000 comes instead of its answer.
        for own in range(0, 64, 4):
            seed("card_responses", bytes([setting]) + bytes(own) + b"\xc0")


shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
write_dictionaries()
seeds_of_tree()
seeds_of_channels()
for script, cards in CARDS.items():
    for card in cards:
        seeds_of_session(*record(sources / "examples" / script, card))
