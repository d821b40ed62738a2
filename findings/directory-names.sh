#!/usr/bin/env bash
# Which name has a group of Active Directory, if a program takes it from the distinguished name that Okta stores in its profile?
#
# Versions: ldap3 2.9.1; of Debian 12 net-ldap 0.17.0 for Ruby and, for comparison, Net::LDAP 0.68 for Perl; CPython 3.11. Needs
# root for apt-get update; the packages are unpacked and not installed.
# Expected: The parts of a distinguished name are returned as their values. RFC 4514 escapes a comma as \, or \2C, a number sign
# and a space at the start, and a space at the end. It does not require an escape for an equals sign. Net::LDAP for Perl returns
# all of these right. It also reads the older forms of RFC 1779 and 2253: values in quotation marks, and spaces after a comma.
# Seen with ldap3:
# - parse_dn returns the escapes as a part of the value: the group "Sales, EMEA" is "Sales\, EMEA", and "R,D", written with \2C,
#   is "R\2CD". A comparison with the names in Okta finds neither.
# - It refuses a name with an equals sign, and the two older forms.
# - safe_dn makes another name of a quoted one: CN="Sales, EMEA" becomes CN=\"Sales\, EMEA\", with the quotation marks as a part
#   of the name.
# Seen with net-ldap for Ruby:
# - An escaped space at the end is removed, so the name is that of another group. Two attributes joined by a plus become one
#   value.
# - DN.new("CN", "#1 team") raises a TypeError: "no implicit conversion of nil into String". The same happens for a value that
#   begins or ends with a space. The program can read such a name and cannot write it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libperl5.36 perl-base perl-modules-5.36 libnet-ldap-perl \
    libconvert-asn1-perl ruby-net-ldap ruby3.1 libruby3.1 libyaml-0-2 libffi8 libgmp10 libcrypt1
ls libnet-ldap-perl_1%3a0.6800+* ruby-net-ldap_0.17.0-* >/dev/null 2>&1 \
    || { echo "skipped: this needs Net::LDAP 0.68 and net-ldap 0.17.0, and others are served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ldap3==2.9.1 2>log || { cat log >&2; exit 1; }
cat > program.rb <<'RUBY'
require "json"
require "net/ldap"
require "net/ldap/dn"
names = JSON.parse(STDIN.read).map do |name|
  Net::LDAP::DN.new(name).to_a.each_slice(2).to_a
rescue TypeError, Net::LDAP::InvalidDNError => error
  error.class.name
end
made = ["#1 team", " team", "team ", "Sales, EMEA"].map do |value|
  Net::LDAP::DN.new("CN", value).to_s
rescue TypeError => error
  error.class.name
end
print JSON.generate([names, made])
RUBY
cat > program.pl <<'PERL'
use strict;
use JSON::PP;
use Net::LDAP::Util qw(ldap_explode_dn);
my $json = JSON::PP->new->canonical->utf8;
print $json->encode([map {
    my $parts = ldap_explode_dn($_, casefold => "none");
    $parts ? [map { my $part = $_; map { [$_, $part->{$_}] } sort keys %$part } @$parts] : "undef"
} @{$json->decode(do { local $/; <STDIN> })}]);
PERL
venv/bin/python -W ignore - "$folder/root/usr" <<'PYTHON'
import json, os, subprocess, sys
from importlib.metadata import version

from ldap3.core.exceptions import LDAPInvalidDnError
from ldap3.utils.dn import parse_dn, safe_dn

usr = sys.argv[1]
libraries = f"{usr}/lib/x86_64-linux-gnu"


def run(command, names, **environment):
    environment = os.environ | {"LD_LIBRARY_PATH": f"{libraries}:{usr}/../lib/x86_64-linux-gnu", **environment}
    return json.loads(subprocess.run(command, input=json.dumps(names), capture_output=True, text=True, check=True,
                                     env=environment).stdout)


def by_ldap3(name):
    try:
        return [[attribute, value] for attribute, value, _ in parse_dn(name)]
    except LDAPInvalidDnError:
        return "LDAPInvalidDnError"


def of(*values):
    return [["CN", values[0]], *(["DC", value] for value in values[1:])]


REFUSED = "LDAPInvalidDnError"
# For each name: what Perl's, Ruby's and Python's library return.
CASES = {
    "CN=Sales,DC=acme": (of("Sales", "acme"),) * 3,
    "CN=Sales\\, EMEA,DC=acme": (of("Sales, EMEA", "acme"), of("Sales, EMEA", "acme"), of("Sales\\, EMEA", "acme")),
    "CN=R\\2CD,DC=acme": (of("R,D", "acme"), of("R,D", "acme"), of("R\\2CD", "acme")),
    "CN=level=1,DC=acme": (of("level=1", "acme"), of("level=1", "acme"), REFUSED),
    'CN="Sales, EMEA",DC=acme': (of("Sales, EMEA", "acme"), of("Sales, EMEA", "acme"), REFUSED),
    "CN=Sales, DC=acme": (of("Sales", "acme"), of("Sales", "acme"), REFUSED),
    "CN=\\#1 team,DC=acme": (of("#1 team", "acme"), of("#1 team", "acme"), of("\\#1 team", "acme")),
    "CN=\\ team,DC=acme": (of(" team", "acme"), of(" team", "acme"), of("\\ team", "acme")),
    "CN=team\\ ,DC=acme": (of("team ", "acme"), of("team", "acme"), of("team\\ ", "acme")),
    "CN=1+SN=2,DC=acme": (
        [["CN", "1"], ["SN", "2"], ["DC", "acme"]], of("1+SN=2", "acme"), [["CN", "1"], ["SN", "2"], ["DC", "acme"]]),
}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print("ldap3", version("ldap3"))
names = list(CASES)
in_perl = run([f"{usr}/bin/perl", "program.pl"], names, PERL5LIB=":".join(
    f"{usr}/{path}"
    for path in ("share/perl5", "share/perl/5.36", "lib/x86_64-linux-gnu/perl/5.36", "lib/x86_64-linux-gnu/perl-base")))
in_ruby, made = run([f"{usr}/bin/ruby3.1", "--disable-gems", "program.rb"], names, RUBYLIB=":".join(
    f"{usr}/{path}" for path in ("lib/ruby/vendor_ruby", "lib/ruby/3.1.0", "lib/x86_64-linux-gnu/ruby/3.1.0")))
for name, perl, ruby in zip(names, in_perl, in_ruby):
    check(name, (perl, ruby, by_ldap3(name)), CASES[name])
check("names for four values, by Ruby", made, ["TypeError", "TypeError", "TypeError", "CN=Sales\\, EMEA"])
check("a quoted name, by safe_dn of ldap3", safe_dn('CN="Sales, EMEA",DC=acme'), 'CN=\\"Sales\\, EMEA\\",DC=acme')
sys.exit(failed)
PYTHON
