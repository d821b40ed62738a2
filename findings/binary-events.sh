#!/usr/bin/env bash
# Is an event of the System Log the same after it went through a queue as CBOR or MessagePack, written in one language and read in another?
#
# Versions: cbor2 6.3.0, msgpack 1.2.4, u-msgpack-python 2.8.0, ormsgpack 1.13.1, msgspec 0.23.0, CPython 3.11; of Debian 12 CBOR::XS
# 1.86 and Data::MessagePack 1.02 for Perl, cbor 0.5.9.6 and msgpack 1.4.2 for Ruby. Needs root for apt-get update; Debian's packages
# are unpacked and not installed.
# Expected: Both formats distinguish texts from bytes, and have booleans. A text of JSON is written as a text. MessagePack has a time.
# Seen:
# - CBOR::XS writes a text that JSON::PP has read as bytes if all of its characters are ASCII, and as a text if one is not. Python
#   reads the badge as b"007" and the name as "José". Names of members are bytes too: event["badge"] does not exist, and the name
#   größe has Latin-1 bytes, which are not UTF-8. `text_strings` helps. It writes 1.0 as 1.
# - Data::MessagePack writes every text and name as bytes, until `utf8` is set. It refuses the booleans of Perl's JSON modules, and
#   JSON::PP refuses the ones that it reads. So no event with a boolean passes.
# - Ruby's cbor drops the fraction and the offset of a time, without an error. Its JSON of a time that cbor2 wrote is the text
#   "#<struct CBOR::Tagged tag=0 ...>". Its msgpack refuses to write a time.
# - Python's msgpack, u-msgpack-python and msgspec read the time of MessagePack. ormsgpack, Ruby's msgpack and Data::MessagePack
#   refuse the whole event. ormsgpack writes a time as a text.
# - Two events in one message are an error for msgpack and msgspec. cbor2, u-msgpack-python and ormsgpack return the first, without
#   an error for the second.
# - u-msgpack-python writes a local time as UTC. msgspec writes it as a text, and a time with a zone as a time.
# - cbor2 writes the number 1.50 exactly. JSON::PP refuses it, and Ruby's JSON has a text in its place.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libperl5.36 perl-base perl-modules-5.36 libcbor-xs-perl libcommon-sense-perl \
    libtypes-serialiser-perl libdata-messagepack-perl ruby-cbor ruby-msgpack ruby3.1 libruby3.1 libyaml-0-2 libffi8 libgmp10 libcrypt1
for version in libcbor-xs-perl_1.86- libdata-messagepack-perl_1.02- ruby-cbor_0.5.9.6- ruby-msgpack_1.4.2-; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cbor2==6.3.0 msgpack==1.2.4 u-msgpack-python==2.8.0 ormsgpack==1.13.1 \
    msgspec==0.23.0 2>log || { cat log >&2; exit 1; }
cat >events.pl <<'PERL'
use strict;
use JSON::PP;
use CBOR::XS;
use Data::MessagePack;
my $json = JSON::PP->new->utf8->canonical;
my ($event, $with_boolean, $values) = @{$json->decode(do { local $/; <STDIN> })};
my %write = (
    "CBOR::XS" => sub { encode_cbor($_[0]) },
    "CBOR::XS, text_strings" => sub { CBOR::XS->new->text_strings->encode($_[0]) },
    "Data::MessagePack" => sub { Data::MessagePack->pack($_[0]) },
    "Data::MessagePack, utf8" => sub { Data::MessagePack->new->utf8->pack($_[0]) },
);
my %seen;
for my $name (keys %write) {
    $seen{$name} = [map { my $value = $_; my $bytes = eval { $write{$name}->($value) }; defined $bytes ? unpack("H*", $bytes) : undef }
                    $event, $with_boolean];
}
for my $name (keys %$values) {
    my ($kind, $bytes) = ($name =~ /^(\w+)/, pack("H*", $values->{$name}));
    my $value = eval { $kind eq "CBOR" ? decode_cbor($bytes) : Data::MessagePack->unpack($bytes) };
    $seen{$name} = $@ ? "not read" : eval { $json->encode($value) } // "no JSON";
}
print $json->encode(\%seen);
PERL
cat >events.rb <<'RUBY'
require "json"
require "cbor"
require "msgpack"
event, with_boolean, values = JSON.parse(STDIN.read)
seen = values.to_h do |name, text|
  bytes = [text].pack("H*")
  value = name.start_with?("CBOR") ? CBOR.decode(bytes) : MessagePack.unpack(bytes)
  [name, value.is_a?(Time) ? value.strftime("%FT%T.%6N%:z") : JSON.generate(value)]
rescue StandardError => error
  [name, "not read"]
end
published = Time.at(1_796_032_800, 123_456, :usec).localtime("+01:00")
seen["cbor, a time"] = CBOR.encode(published).unpack1("H*")
seen["msgpack, a time"] = begin MessagePack.pack(published).unpack1("H*") rescue "not written" end
print JSON.generate(seen)
RUBY
venv/bin/python -W ignore - "$folder/root/usr" <<'PYTHON'
import datetime, decimal, glob, json, os, subprocess, sys

import cbor2, msgpack, msgspec, ormsgpack, umsgpack

usr = sys.argv[1]
EVENT = {"badge": "007", "name": "José", "größe": 1.0}
UTC = datetime.datetime(2026, 11, 30, 10, 0, 0, 123456, tzinfo=datetime.timezone.utc)
WRITERS = {"msgpack": msgpack.packb, "u-msgpack-python": umsgpack.packb, "ormsgpack": ormsgpack.packb, "msgspec": msgspec.msgpack.encode,
           "cbor2": cbor2.dumps}
READERS = {"msgpack": msgpack.unpackb, "u-msgpack-python": umsgpack.unpackb, "ormsgpack": ormsgpack.unpackb, "msgspec": msgspec.msgpack.decode,
           "cbor2": cbor2.loads}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def attempt(call, *arguments):
    try:
        return call(*arguments)
    except Exception as error:  # Each library has its own ones.
        return type(error).__name__


def run(command, values):
    perl = [f"{usr}/{path}" for path in ("share/perl5", "lib/x86_64-linux-gnu/perl5/5.36", "share/perl/5.36",
                                         "lib/x86_64-linux-gnu/perl/5.36", "lib/x86_64-linux-gnu/perl-base")]
    gems = f"{usr}/lib/x86_64-linux-gnu/rubygems-integration/3.1.0"
    ruby = [*glob.glob(f"{gems}/gems/*/lib"), *glob.glob(f"{gems}/extensions/*/*/*"), f"{usr}/lib/ruby/vendor_ruby",
            f"{usr}/lib/x86_64-linux-gnu/ruby/vendor_ruby/3.1.0", f"{usr}/lib/ruby/3.1.0", f"{usr}/lib/x86_64-linux-gnu/ruby/3.1.0"]
    environment = os.environ | {"PERL5LIB": ":".join(perl), "RUBYLIB": ":".join(ruby),
                                "LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu:{usr}/../lib/x86_64-linux-gnu"}
    result = subprocess.run(command, input=json.dumps([EVENT, {"isProxy": True}, values]), capture_output=True, text=True, check=True,
                            env=environment)
    return json.loads(result.stdout)


values = {"MessagePack time": msgpack.packb(UTC, datetime=True).hex(), "MessagePack boolean": msgpack.packb([True]).hex(),
          "CBOR time": cbor2.dumps(UTC).hex(), "CBOR time as a number": cbor2.dumps(UTC, datetime_as_timestamp=True).hex(),
          "CBOR boolean": cbor2.dumps([True]).hex(), "CBOR 1.50": cbor2.dumps([decimal.Decimal("1.50")]).hex()}
perl = run([f"{usr}/bin/perl", "events.pl"], values)
for name, expected in (("CBOR::XS", {b"badge": b"007", b"name": "José", "größe".encode("latin-1"): 1}),
                       ("CBOR::XS, text_strings", {"badge": "007", "name": "José", "größe": 1}),
                       ("Data::MessagePack", {b"badge": b"007", b"name": "José".encode(), "größe".encode(): 1.0}),
                       ("Data::MessagePack, utf8", EVENT)):
    event, boolean = perl[name]
    read = cbor2.loads if name.startswith("CBOR") else msgpack.unpackb
    found = read(bytes.fromhex(event))
    check(f"{name}, read by Python", sorted(map(repr, found.items())), sorted(map(repr, expected.items())))
    check("  {\"isProxy\": true}", boolean is not None, name.startswith("CBOR"))
NO_JSON = "no JSON"
check("Perl reads", {name: perl[name] for name in values},
      {"MessagePack time": "not read", "MessagePack boolean": NO_JSON, "CBOR time": NO_JSON, "CBOR time as a number": NO_JSON,
       "CBOR boolean": "[true]", "CBOR 1.50": NO_JSON})
ruby = run([f"{usr}/bin/ruby3.1", "--disable-gems", "events.rb"], values)
check("Ruby reads", {name: ruby[name] for name in values},
      {"MessagePack time": "not read", "MessagePack boolean": "[true]",
       "CBOR time": '"#<struct CBOR::Tagged tag=0, value=\\"2026-11-30T10:00:00.123456Z\\">"',
       "CBOR time as a number": "2026-11-30T10:00:00.123456+00:00", "CBOR boolean": "[true]",
       "CBOR 1.50": '["#<struct CBOR::Tagged tag=4, value=[-2, 150]>"]'})
check("Ruby's cbor writes a time, read by Python", cbor2.loads(bytes.fromhex(ruby["cbor, a time"])).isoformat(), "2026-11-30T10:00:00+00:00")
check("Ruby's msgpack writes a time", ruby["msgpack, a time"], "not written")

for name, expected in (("msgpack", "Timestamp"), ("u-msgpack-python", "datetime"), ("ormsgpack", "ValueError"), ("msgspec", "datetime")):
    seen = attempt(READERS[name], bytes.fromhex(values["MessagePack time"]))
    check(f"{name} reads a time of MessagePack", seen if isinstance(seen, str) else type(seen).__name__, expected)
for name, expected in (("msgpack", "ExtraData"), ("u-msgpack-python", {"n": 1}), ("ormsgpack", {"n": 1}), ("msgspec", "DecodeError"),
                       ("cbor2", {"n": 1})):
    check(f"{name} reads two events", attempt(READERS[name], WRITERS[name]({"n": 1}) + WRITERS[name]({"n": 2})), expected)
LOCAL = datetime.datetime(2026, 11, 30, 10)
for name, expected in (("msgpack", ["TypeError"] * 2), ("u-msgpack-python", [LOCAL.replace(tzinfo=datetime.timezone.utc), UTC]),
                       ("ormsgpack", ["2026-11-30T10:00:00", "2026-11-30T10:00:00.123456+00:00"]), ("msgspec", ["2026-11-30T10:00:00", UTC]),
                       ("cbor2", ["CBOREncodeError", UTC])):
    check(f"{name} writes and reads a local time and one of UTC",
          [attempt(lambda: READERS[name](WRITERS[name](time))) for time in (LOCAL, UTC)], expected)
sys.exit(failed)
PYTHON
