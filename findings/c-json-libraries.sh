#!/usr/bin/env bash
# Does an event or a user keep its values in a program that reads and writes JSON with one of C's libraries?
#
# Versions, of Debian 12: cJSON 1.7.15, Jansson 2.14, json-c 0.16, JSON-GLib 1.6.6. Needs root for apt-get update; the packages
# are unpacked and not installed. Python calls the libraries.
# Expected: A value that is read and written again means the same, or reading it is an error. Modules for web servers, log
# shippers and desktop programs use these libraries. JSON has no limit for a number, and \u0000 is allowed in a text.
# Seen, without an error except for Jansson:
# - JSON-GLib makes a negative number of an integer above 2^63: 12345678901234567890 becomes -6101065172474983726, and
#   123456789012345678901 becomes -1. json-c makes 18446744073709551615 of the latter, and cJSON a floating-point number of
#   both. Jansson refuses the whole event.
# - cJSON writes 9007199254740993 as 9.00719925474099e+15, which is 3 less, and the last digit of the id 12345678901234567 as 8.
#   It writes 0.30000000000000004 as 0.3.
# - Jansson and JSON-GLib write the latitude 37.7749295 as 37.774929499999999. The number is the same, but a comparison or a
#   checksum of the texts differs.
# - cJSON and JSON-GLib end a text at \u0000: the rest is lost. Jansson refuses the event.
# - JSON-GLib writes 1e400 as inf.0, which no reader accepts, and cJSON writes it as null.
# - cJSON's cJSON_GetObjectItem, the usual function, ignores case: for `costCenter` it returns the value of `costcenter` if that
#   comes first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libcjson1 libjansson4 libjson-c5 libjson-glib-1.0-0 libglib2.0-0 libffi8 \
    libpcre2-8-0
for version in libcjson1_1.7.15-1 libjansson4_2.14-2 libjson-c5_0.16-2 libjson-glib-1.0-0_1.6.6-1; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
libraries=$folder/root/usr/lib/x86_64-linux-gnu
LD_LIBRARY_PATH=$libraries:$folder/root/lib/x86_64-linux-gnu python3 - <<'PYTHON'
import ctypes, sys

POINTER, TEXT, NUMBER, SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_size_t
LIBRARIES = {name: ctypes.CDLL(name) for name in ("libcjson.so.1", "libjansson.so.4", "libjson-c.so.5", "libjson-glib-1.0.so.0")}


def function(library, name, result, *arguments):
    made = getattr(LIBRARIES[library], name)
    made.restype, made.argtypes = result, arguments
    return made


cjson_read, cjson_write = (function("libcjson.so.1", "cJSON_Parse", POINTER, TEXT),
                           function("libcjson.so.1", "cJSON_PrintUnformatted", TEXT, POINTER))
cjson_member = function("libcjson.so.1", "cJSON_GetObjectItem", POINTER, POINTER, TEXT)
jansson_read, jansson_write = (function("libjansson.so.4", "json_loads", POINTER, TEXT, SIZE, POINTER),
                               function("libjansson.so.4", "json_dumps", TEXT, POINTER, SIZE))
json_c_read, json_c_write = (function("libjson-c.so.5", "json_tokener_parse", POINTER, TEXT),
                             function("libjson-c.so.5", "json_object_to_json_string_ext", TEXT, POINTER, NUMBER))
glib_read, glib_write = (function("libjson-glib-1.0.so.0", "json_from_string", POINTER, TEXT, POINTER),
                         function("libjson-glib-1.0.so.0", "json_to_string", TEXT, POINTER, NUMBER))
COMPACT = 0x20  # JSON_COMPACT of Jansson.
AGAIN = {
    "cJSON": (cjson_read, cjson_write),
    "Jansson": (lambda text: jansson_read(text, 0, None), lambda value: jansson_write(value, COMPACT)),
    "json-c": (json_c_read, lambda value: json_c_write(value, 0)),
    "JSON-GLib": (lambda text: glib_read(text, None), lambda value: glib_write(value, 0)),
}
ERROR = "an error"
# For each value: what the libraries write, if it is different.
CASES = {
    "null": {}, "true": {}, "7": {}, "1796032800123": {}, '"007"': {}, "[]": {},
    "9007199254740993": {"cJSON": "9.00719925474099e+15"},
    "12345678901234567": {"cJSON": "12345678901234568"},
    "12345678901234567890": {"cJSON": "1.2345678901234567e+19", "Jansson": ERROR, "JSON-GLib": "-6101065172474983726"},
    "123456789012345678901": {"cJSON": "1.2345678901234568e+20", "Jansson": ERROR, "json-c": "18446744073709551615",
                              "JSON-GLib": "-1"},
    "37.7749295": {"Jansson": "37.774929499999999", "JSON-GLib": "37.774929499999999"},
    "0.30000000000000004": {"cJSON": "0.3"},
    '"a\\u0000b"': {"cJSON": '"a"', "Jansson": ERROR, "JSON-GLib": '"a"'},
    "1e400": {"cJSON": "null", "Jansson": ERROR, "JSON-GLib": "inf.0"},
}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


for value, expected in CASES.items():
    text = f'{{"value":{value}}}'
    seen = {}
    for name, (read, write) in AGAIN.items():
        made = read(text.encode())
        written = write(made).decode() if made else ERROR
        if written != text:
            seen[name] = written if written == ERROR else written.removeprefix('{"value":').removesuffix("}")
    check(value, seen, expected)
user = cjson_read(b'{"costcenter":"r","costCenter":"R"}')
check("costCenter, by cJSON_GetObjectItem", cjson_write(cjson_member(user, b"costCenter")).decode(), '"r"')
sys.exit(failed)
PYTHON
