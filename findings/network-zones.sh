#!/usr/bin/env bash
# Do libraries for IP addresses find the sign-ins that came from a network zone, if a program gives them the gateways of the zone?
#
# Versions: netaddr 1.3.0, cidrize 3.1.0, IPy 1.2, pytricia 1.3.0, py-radix 1.1.0, CPython 3.11 (ipaddress); of Debian 12
# Net::CIDR 0.21, Net::CIDR::Lite 0.22, Net::CIDR::Set 0.13, Net::IP 1.26, NetAddr::IP 4.079 and Ruby 3.1.2 (ipaddr 1.2.4). Needs
# root for apt-get update; Debian's packages are unpacked and not installed.
# Expected: A gateway is a range (10.0.0.250-10.0.1.5) or a network (10.0.0.0/24, 2001:db8::/32), and an address is inside or not.
# Firewalls write the same network as 10.0.0.0/255.255.255.0. A form that a library does not know is an error.
# Seen, without an error:
# - cidrize makes 512 addresses of a range of 12, from 10.0.0.0 to 10.0.1.255. `strict=True` helps.
# - pytricia takes the first number of a mask for the length of the prefix: 10.0.0.0/255.255.255.0 is one address, and the
#   inverted mask 0.0.0.255 makes the whole Internet. IPy makes 10.0.0.0/8 of the inverted mask, which netaddr and ipaddress read
#   as /24. Net::IP makes one address of both, and Net::CIDR::Set makes ::/0 of the second.
# - pytricia does not distinguish IPv4 and IPv6. 32.1.13.184 is in 2001:db8::/32, because the bytes are equal.
# - py-radix reads 10/8 as 0.0.0.0/8, where IPy, Net::CIDR and NetAddr::IP read 10.0.0.0/8. Net::CIDR::Set reads ::/8.
# - ::ffff:10.0.0.5, the form of a log of a server that listens for both families, is in 10.0.0.0/24 for Net::CIDR only. Net::CIDR::Set
#   reads it as the address ::ffff:a:0.
# - ipaddress says that 10.0.0.0/25 is not `in` 10.0.0.0/24, and netaddr and Ruby say that it is.
# - Ruby's IPAddr writes 10.0.0.0/24 into text and JSON as 10.0.0.0, and this is equal to the network. /8 and /24 compare as the same.
# - netaddr's 0.0.0.0 is false, so `if address` takes it for a missing one. ipaddress's is true.
# - With an IPv6 gateway in the list, Net::CIDR::Lite and Net::CIDR::Set refuse the IPv4 ones, and Ruby cannot sort the list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libperl5.36 perl-base perl-modules-5.36 libnet-cidr-perl libnet-cidr-lite-perl \
    libnet-cidr-set-perl libnet-ip-perl libnetaddr-ip-perl ruby3.1 libruby3.1 libyaml-0-2 libffi8 libgmp10 libcrypt1
for version in libnet-cidr-perl_0.21- libnet-cidr-lite-perl_0.22- libnet-cidr-set-perl_0.13- libnet-ip-perl_1.26- \
    libnetaddr-ip-perl_4.079+ ruby3.1_3.1.; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netaddr==1.3.0 cidrize==3.1.0 IPy==1.2 pytricia==1.3.0 py-radix==1.1.0 \
    2>log || { cat log >&2; exit 1; }
cat >zones.pl <<'PERL'
use strict;
use JSON::PP;
use Net::CIDR; use Net::CIDR::Lite; use Net::CIDR::Set; use Net::IP; use NetAddr::IP;
my %libraries = (
    "Net::CIDR" => sub { Net::CIDR::cidrlookup($_[0], @{$_[1]}) },
    "Net::CIDR::Lite" => sub { my $set = Net::CIDR::Lite->new; $set->add_any($_) for @{$_[1]}; $set->find($_[0]) },
    "Net::CIDR::Set" => sub { Net::CIDR::Set->new(@{$_[1]})->contains($_[0]) },
    "Net::IP" => sub {
        my $address = Net::IP->new($_[0]);
        scalar grep { my $kind = (Net::IP->new($_) or die)->overlaps($address); defined $kind && $kind != $IP_NO_OVERLAP } @{$_[1]};
    },
    "NetAddr::IP" => sub { scalar grep { (NetAddr::IP->new($_) or die)->contains(NetAddr::IP->new($_[0])) } @{$_[1]} },
);
my $json = JSON::PP->new->canonical;
my %seen;
for my $question (@{$json->decode(do { local $/; <STDIN> })}) {
    for my $name (keys %libraries) {
        my $found = eval { local $SIG{__WARN__} = sub {}; $libraries{$name}->(@$question) ? "yes" : "no" };
        push @{$seen{$name}}, $found // "error";
    }
}
$seen{mapped} = Net::CIDR::Set->new("::ffff:10.0.0.5")->as_string;
{ local $SIG{__WARN__} = sub {}; $seen{sets} = [map { Net::CIDR::Set->new($_)->as_string } "10/8", "10.0.0.0/0.0.0.255"]; }
print $json->encode(\%seen);
PERL
cat >zones.rb <<'RUBY'
require "ipaddr"
require "json"
questions = JSON.parse(STDIN.read)
found = questions.map do |address, gateways|
  gateways.any? { |gateway| IPAddr.new(gateway).include?(address) } ? "yes" : "no"
rescue IPAddr::Error
  "error"
end
network, both = IPAddr.new("10.0.0.0/24"), %w[10.0.0.0/24 2001:db8::/32].map { |text| IPAddr.new(text) }
sorted = begin both.sort.size rescue "error" end
values = ["#{network}", [network].to_json, network == IPAddr.new("10.0.0.0"), network <=> IPAddr.new("10.0.0.0/8"),
          network.include?("10.0.0.0/25"), sorted]
print JSON.generate({ "found" => found, "values" => values })
RUBY
venv/bin/python -W ignore - "$folder/root/usr" <<'PYTHON'
import ipaddress, json, os, subprocess, sys

import cidrize, IPy, netaddr, pytricia, radix

usr = sys.argv[1]
RANGE, MASK, INVERTED, SIX = "10.0.0.250-10.0.1.5", "10.0.0.0/255.255.255.0", "10.0.0.0/0.0.0.255", "2001:db8::/32"
QUESTIONS = [("10.0.0.255", [RANGE]), ("10.0.0.9", [RANGE]), ("10.0.0.5", [MASK]), ("10.0.0.5", [INVERTED]),
             ("198.51.100.1", [INVERTED]), ("10.9.9.9", [INVERTED]), ("32.1.13.184", [SIX]), ("10.0.0.5", ["10/8"]),
             ("::ffff:10.0.0.5", ["10.0.0.0/24"]), ("10.0.0.5", [SIX, "10.0.0.0/24"])]


def by_pytricia(address, gateways):
    tree = pytricia.PyTricia(128)
    for gateway in gateways:
        tree.insert(gateway, True)
    return address in tree


def by_radix(address, gateways):
    tree = radix.Radix()
    for gateway in gateways:
        tree.add(gateway)
    return tree.search_best(address) is not None


LIBRARIES = {
    "ipaddress": lambda address, gateways: any(ipaddress.ip_address(address) in ipaddress.ip_network(each) for each in gateways),
    "netaddr": lambda address, gateways: netaddr.IPAddress(address) in netaddr.IPSet(gateways),
    "cidrize": lambda address, gateways: any(address in each for gateway in gateways for each in cidrize.cidrize(gateway)),
    "IPy": lambda address, gateways: any(address in IPy.IP(gateway, make_net=True) for gateway in gateways),
    "pytricia": by_pytricia,
    "py-radix": by_radix,
}
EXPECTED = {  # The answers to the questions in their order: y for yes, n for no, e for an error.
    "ipaddress": "eeyynnneny", "netaddr": "eeyynnneny", "cidrize": "yyyynnneny", "IPy": "eeyynynyny", "pytricia": "eenyyyyeny",
    "py-radix": "eeeeeennny", "Net::CIDR": "yneeeenyyy", "Net::CIDR::Lite": "yneeeenene", "Net::CIDR::Set": "ynyeeeeeee",
    "Net::IP": "ynnnnnnyny", "NetAddr::IP": "eeyeeenyny", "IPAddr": "eeyeeeneny"}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def answer(library, address, gateways):
    try:
        return "yes" if library(address, gateways) else "no"
    except Exception:  # Each library has its own ones.
        return "error"


def run(command, **environment):
    environment = os.environ | environment | {"LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu:{usr}/../lib/x86_64-linux-gnu"}
    result = subprocess.run(command, input=json.dumps(QUESTIONS), capture_output=True, text=True, check=True, env=environment)
    return json.loads(result.stdout)


perl = run([f"{usr}/bin/perl", "zones.pl"], PERL5LIB=":".join(
    f"{usr}/{path}" for path in ("share/perl5", "lib/x86_64-linux-gnu/perl5/5.36", "share/perl/5.36",
                                 "lib/x86_64-linux-gnu/perl/5.36", "lib/x86_64-linux-gnu/perl-base")))
ruby = run([f"{usr}/bin/ruby3.1", "--disable-gems", "zones.rb"], RUBYLIB=":".join(
    f"{usr}/{path}" for path in ("lib/ruby/vendor_ruby", "lib/ruby/3.1.0", "lib/x86_64-linux-gnu/ruby/3.1.0")))
for number, (address, gateways) in enumerate(QUESTIONS, 1):
    print(f"{number:2}. Is {address} in {', '.join(gateways)}?")
for name, expected in EXPECTED.items():
    if name in LIBRARIES:
        seen = [answer(LIBRARIES[name], *question) for question in QUESTIONS]
    else:
        seen = ruby["found"] if name == "IPAddr" else perl[name]
    check(f"{name:16}", "".join(each[0] for each in seen), expected)
check("addresses of the range, cidrize and its strict=True",
      [sum(len(each) for each in cidrize.cidrize(RANGE, strict=strict)) for strict in (False, True)], [512, 12])
check("IPy, 0.0.0.255", str(IPy.IP(INVERTED, make_net=True)), "10.0.0.0/8")
tree = radix.Radix()
check("py-radix, 10/8", tree.add("10/8").prefix, "0.0.0.0/8")
check("Net::CIDR::Set, 10/8 and 0.0.0.255", perl["sets"], ["::/8", "::/0"])
check("Net::CIDR::Set, ::ffff:10.0.0.5", perl["mapped"], "::ffff:a:0-::ffff:a:0")
small, large = "10.0.0.0/25", "10.0.0.0/24"
check("a smaller network in a larger one, ipaddress, netaddr",
      [ipaddress.ip_network(small) in ipaddress.ip_network(large), netaddr.IPNetwork(small) in netaddr.IPNetwork(large)], [False, True])
check("0.0.0.0 as a condition, netaddr, ipaddress", [bool(netaddr.IPAddress("0.0.0.0")), bool(ipaddress.ip_address("0.0.0.0"))], [False, True])
check("IPAddr: text, JSON, == of the address, <=> of /8, a smaller network, a sorted list", ruby["values"],
      ["10.0.0.0", '["10.0.0.0"]', True, 0, True, "error"])
sys.exit(failed)
PYTHON
