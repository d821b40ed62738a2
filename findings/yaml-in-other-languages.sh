#!/usr/bin/env bash
# Which values do YAML libraries outside Python, Go and Java read from a part of an OpenAPI document?
#
# Versions, of Debian 12: Ruby 3.1.2 with Psych 4.0.4, PHP 8.2 with yaml 2.2.2, Perl 5.36 with YAML 1.30, YAML::Tiny 1.73,
# YAML::Syck 1.34, YAML::XS 0.86 and YAML::PP 0.035, Tcl 8.6 with Tcllib 1.21, Lua 5.3 with lyaml 6.2.8, libfyaml 0.7.12. Needs
# root for apt-get update; the packages are unpacked and not installed.
# Expected: OpenAPI recommends YAML 1.2, where False is false, 1e3 a number, and 12:30 and a date are strings. With YAML 1.1,
# 12:30 is 750, and `y` is true. Any library refuses what it cannot read.
# Seen, without an error:
# - Psych reads 12:30 as 45000, the seconds of half past twelve, and 1e3 as a string. YAML.load_file refuses the document because
#   of its date ("Tried to load unspecified class: Date").
# - PHP's yaml changes the property `y` of a pair of coordinates to 1, beside `x`. It reads an integer of 20 digits as
#   9223372036854775807.
# - YAML::XS reads `false` as false and `False` as the text "False", which is true in Perl. YAML::Syck and YAML read both as
#   text. They read ~ as null, and `null` as the text "null".
# - YAML::Syck reads the list [a, b,] as "a" and "b,". It keeps the backslashes in "https:\/\/acme.example", and so does YAML.
# - YAML and YAML::Tiny refuse a plain text that continues on the next line. Tcllib's yaml drops the second line, takes a comment
#   for text, and turns a date into the seconds of a midnight in the host's zone.
# - libfyaml's tool writes ~ as the text "~" and False as the text "False" in JSON.
# - lyaml reads 12:30 as 750 and `y` as a string, and rounds an integer of 20 digits.
# YAML::PP reads all of these as YAML 1.2 says.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download ruby3.1 libruby3.1 rubygems-integration libyaml-0-2 php8.2-cli php8.2-yaml \
    libedit2 libsodium23 libargon2-1 perl-base libyaml-perl libyaml-tiny-perl libyaml-syck-perl libyaml-pp-perl \
    libyaml-libyaml-perl tcllib tcl8.6 libtcl8.6 lua-yaml lua5.3 libfyaml-utils libfyaml0
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" "$folder/root"
done > "$folder/versions"
for version in ruby3.1_3.1.7+really3.1.2 php8.2-yaml_2.2.2 perl-base_5.36 libyaml-perl_1.30 libyaml-tiny-perl_1.73 libyaml-syck-perl_1.34 \
    libyaml-libyaml-perl_0.86 libyaml-pp-perl_0.035 tcllib_1.21 lua-yaml_6.2.8 libfyaml-utils_0.7.12; do
    grep -q "^$version" "$folder/versions" || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
cat > document.yaml <<'YAML'
required: False
nullable: false
example: ~
default: null
maximum: 12345678901234567890
window: 12:30
factor: 1e3
since: 2026-11-30
point: {x: 1, y: 2}
hint: text #comment
scopes: [a, b,]
url: "https:\/\/acme.example"
summary: first
  second
YAML
python3 - "$folder/root" <<'PYTHON'
import json, os, subprocess, sys

root = sys.argv[1]
libraries = f"{root}/usr/lib/x86_64-linux-gnu"
environment = dict(os.environ, LD_LIBRARY_PATH=libraries, TZ="Europe/Berlin", TCL_LIBRARY=f"{root}/usr/share/tcltk/tcl8.6",
                   PERL5LIB=f"{root}/usr/share/perl5:{libraries}/perl5/5.36")
RIGHT = {"required": False, "nullable": False, "example": None, "default": None, "maximum": 12345678901234567890,
         "window": "12:30", "factor": 1000, "since": "2026-11-30", "point": {"x": 1, "y": 2}, "hint": "text", "scopes": ["a", "b"],
         "url": "https://acme.example", "summary": "first second"}
PERL = """use JSON::PP; my ($module, $file) = @ARGV; open my $input, '<', $file; local $/; my $text = <$input>;
eval "require $module" or die; no strict 'refs';
my $value = $module eq 'YAML::PP' ? YAML::PP->new(boolean => 'JSON::PP')->load_string($text)
    : $module eq 'YAML::Tiny' ? YAML::Tiny->read_string($text)->[0] : &{"${module}::Load"}($text);
my $nullable = $value->{nullable};
print JSON::PP->new->encode({%$value, nullable => ref $nullable || $nullable ne '' ? $nullable : JSON::PP::false});"""
RUBY = ["bin/ruby3.1", f"-I{root}/usr/lib/ruby/3.1.0", f"-I{libraries}/ruby/3.1.0", "-rdate", "-ryaml", "-rjson", "-e"]
TCL = f"""lappend auto_path {root}/usr/share/tcltk
package require yaml
package require json::write
set value [yaml::yaml2dict -file [lindex $argv 0]]
dict set value point [list x [dict get $value point x] y [dict get $value point y]]
json::write indented false
set pairs {{}}
dict for {{key text}} $value {{ lappend pairs $key [json::write string $text] }}
puts [json::write object {{*}}$pairs]
"""
with open("read.tcl", "w") as script:
    script.write(TCL)
LUA = f"""package.cpath = "{libraries}/lua/5.3/?.so"; package.path = "{root}/usr/share/lua/5.3/?.lua;{root}/usr/share/lua/5.3/?/init.lua"
local yaml = require("lyaml")
local value = yaml.load(io.open("document.yaml"):read("a"))
for key, entry in pairs(value) do
    if entry == yaml.null then print(key .. "\\tnull")
    elseif type(entry) == "string" then print(key .. '\\t"' .. entry .. '"')
    elseif type(entry) == "table" then
        local keys = {{}}
        for name, member in pairs(entry) do keys[#keys + 1] = '"' .. tostring(name) .. '": "' .. tostring(member) .. '"' end
        table.sort(keys)
        print(key .. "\\t{{" .. table.concat(keys, ", ") .. "}}")
    else print(key .. "\\t" .. tostring(entry)) end
end"""


def load(*command):
    result = subprocess.run([command[0] if command[0].startswith("/") else f"{root}/usr/{command[0]}", *command[1:]],
                            capture_output=True, text=True, env=environment, timeout=60)
    if result.returncode != 0:
        return {"error": True}
    if command[0] == "bin/lua5.3":
        return {key: json.loads(text) for key, text in (line.split("\t") for line in result.stdout.splitlines())}
    return json.loads(result.stdout)


def perl(module):
    return load("/usr/bin/perl" if os.path.exists("/usr/bin/perl") else "bin/perl", "-e", PERL, module, "document.yaml")


text = {"required": "False", "nullable": "false", "default": "null", "maximum": "12345678901234567890", "factor": "1e3",
        "point": {"x": "1", "y": "2"}, "url": "https:\\/\\/acme.example"}
extension = next(os.path.join(path, "yaml.so") for path, _, files in os.walk(f"{root}/usr/lib/php") if "yaml.so" in files)
cases = {
    "Psych": (load(*RUBY, "print JSON.generate(YAML.load_file('document.yaml', permitted_classes: [Date]))"),
              {"window": 45000, "factor": "1e3"}),
    "Psych, defaults": (load(*RUBY, "print JSON.generate(YAML.load_file('document.yaml'))"), "error"),
    "PHP": (load("bin/php8.2", "-n", "-d", f"extension={extension}", "-r", "echo json_encode(yaml_parse_file('document.yaml'));"),
            {"maximum": 9223372036854775807, "window": 750, "factor": "1e3", "point": {"x": 1, "1": 2}}),
    "YAML::PP": (perl("YAML::PP"), {}),
    "YAML::XS": (perl("YAML::XS"), {"required": "False", "factor": "1e3"}),
    "YAML::Syck": (perl("YAML::Syck"), {**text, "scopes": ["a", "b,"]}),
    "YAML": (perl("YAML"), "error"),
    "YAML::Tiny": (perl("YAML::Tiny"), "error"),
    "Tcllib": (load("bin/tclsh8.6", "read.tcl", "document.yaml"),
               {"required": "0", "nullable": "0", "example": "", "default": "", "maximum": "12345678901234567890", "factor": "1e3",
                "since": "1795993200", "point": "x 1 y 2", "hint": "text #comment", "scopes": "a b", "summary": "first"}),
    "lyaml": (load("bin/lua5.3", "-e", LUA),
              {"window": 750, "maximum": 1.2345678901235e+19, "point": {"x": "1", "y": "2"}, "scopes": {"1": "a", "2": "b"}}),
    "libfyaml": (load("bin/fy-tool", "--dump", "--mode", "json-oneline", "document.yaml"), {"required": "False", "example": "~"}),
}
with open("document.yaml") as file:
    lines = file.read().splitlines()
with open("document.yaml", "w") as file:
    file.write("\n".join(lines[:9] + lines[11:12]) + "\n")
cases["YAML, without the last lines and the list"] = (perl("YAML"), text)
failed = False
for name, (seen, differences) in cases.items():
    if differences == "error":
        different = "error" if "error" in seen else seen
    else:
        different = {key: value for key, value in seen.items() if value != RIGHT.get(key) or type(value) != type(RIGHT.get(key))
                     and not isinstance(value, (int, float))}
    print(f"{name}: {different}")
    if different != differences:
        failed = True
        print(f"  changed: expected {differences}", file=sys.stderr)
sys.exit(failed)
PYTHON
