#!/usr/bin/env bash
# Does an LDAP client, for example of Okta's LDAP interface, report that a list of users or members is incomplete?
#
# Versions: ldap3 2.9.1; of Debian 12 Net::LDAP 0.68 for Perl, net-ldap 0.17.0 for Ruby, and ldapsearch and the server slapd of
# OpenLDAP 2.5.13; CPython 3.11. The server has 12 users. It limits a search to 5, and a search by pages to 7 in all. Needs root
# for apt-get update; the packages are unpacked and not installed.
# Expected: The server sends the result 4, sizeLimitExceeded, with the entries. A client that reads all pages reports it. ldap3
# with raise_exceptions=True raises an exception for it, as for other results that are no success.
# Seen:
# - ldap3: search() returns True with 5 of 12 users, with raise_exceptions=True too. Only `result` shows the limit.
#   paged_search() is meant to read all pages. It ends after 7 users without an error, as a generator and as a list.
# - Ruby's search() reads pages by itself and returns 7 users. Only get_operation_result shows the limit. Filter.eq with "A*"
#   also finds the group AB.
# - Perl's get_value("member") returns only the first of several members in scalar context.
# - ldap3's `entry.mail.value` is a text for a user with one address, and a list for a user with two.
# ldapsearch ends with the status 4, but a pipe hides it.
set -euo pipefail
command -v perl >/dev/null || { echo "this needs perl" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download slapd ldap-utils libldap-2.5-0 libodbc2 libltdl7 libsasl2-2 libperl5.36 libwrap0 \
    libnet-ldap-perl libconvert-asn1-perl ruby-net-ldap ruby3.1 libruby3.1 libyaml-0-2 libffi8 libgmp10
ls slapd_2.5.13+* libnet-ldap-perl_1%3a0.6800+* ruby-net-ldap_0.17.0-* >/dev/null 2>&1 \
    || { echo "skipped: this needs slapd 2.5.13, Net::LDAP 0.68 and net-ldap 0.17.0, and others are served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ldap3==2.9.1 2>log || { cat log >&2; exit 1; }
mkdir data
venv/bin/python -W ignore - "$folder" <<'PYTHON'
import glob, json, os, socket, subprocess, sys, time
from importlib.metadata import version

import ldap3

folder = sys.argv[1]
usr = folder + "/root/usr"
environment = os.environ | {"LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu:{folder}/root/lib/x86_64-linux-gnu"}
BASE = "ou=users,dc=acme,dc=okta,dc=com"
USERS = "(objectClass=inetOrgPerson)"
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
address = f"ldap://127.0.0.1:{port}"
includes = "".join(f"include {folder}/root/etc/ldap/schema/{name}.schema\n" for name in ("core", "cosine", "inetorgperson"))
with open("settings", "w") as output:
    output.write(f"{includes}modulepath {usr}/lib/ldap\nmoduleload back_mdb\ndatabase mdb\nsuffix dc=acme,dc=okta,dc=com\n"
                 f"directory {folder}/data\nlimits anonymous size=5 size.prtotal=7\n")
entries = ["dn: dc=acme,dc=okta,dc=com\nobjectClass: dcObject\nobjectClass: organization\no: acme\n",
           f"dn: {BASE}\nobjectClass: organizationalUnit\n"]
for number in range(12):
    entries.append(f"dn: uid=user{number},{BASE}\nobjectClass: inetOrgPerson\ncn: User {number}\nsn: L\nmail: user{number}@acme.example\n"
                   + f"mail: user{number}@home.example\n" * (number == 1))
for name in "R&D", "A*", "AB":
    entries.append(f"dn: cn={name},{BASE}\nobjectClass: groupOfNames\nmember: uid=user1,{BASE}\nmember: uid=user2,{BASE}\n")
subprocess.run([f"{usr}/sbin/slapadd", "-f", "settings"], input="\n".join(entries), text=True, check=True, env=environment,
               stderr=subprocess.DEVNULL)
server = subprocess.Popen([f"{usr}/sbin/slapd", "-f", "settings", "-h", address, "-d", "0"], env=environment,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    print("ldap3", version("ldap3"))
    for raises in False, True:
        connection = ldap3.Connection(ldap3.Server(address, get_info=ldap3.ALL), auto_bind=True, raise_exceptions=raises)
        found = connection.search(BASE, USERS, attributes=["uid"])
        check(f"search() of ldap3 with raise_exceptions={raises}", (found, len(connection.entries), connection.result["description"]),
              (True, 5, "sizeLimitExceeded"))
        for generator in True, False:
            found = connection.extend.standard.paged_search(BASE, USERS, attributes=["uid"], paged_size=3, generator=generator)
            check(f"users of paged_search() with generator={generator}", len(list(found)), 7)
    for number, expected in (1, ["user1@acme.example", "user1@home.example"]), (2, "user2@acme.example"):
        connection.search(BASE, f"(uid=user{number})", attributes=["mail"])
        check(f"mail of user{number}", connection.entries[0].mail.value, expected)

    def by_ruby(program):
        names = ("ruby/3.1.0", "x86_64-linux-gnu/ruby/3.1.0", "ruby/vendor_ruby", "x86_64-linux-gnu/ruby/vendor_ruby/3.1.0")
        path = glob.glob(f"{usr}/share/rubygems-integration/*/gems/*/lib") + [f"{usr}/lib/{name}" for name in names]
        start = f'require "json"; require "net/ldap"; ldap = Net::LDAP.new(host: "127.0.0.1", port: {port}, base: "{BASE}")\n'
        return json.loads(subprocess.run(
            [f"{usr}/bin/ruby3.1", "--disable-gems", "-"], input=start + program, capture_output=True, text=True, check=True,
            env=environment | {"RUBYLIB": ":".join(path)}).stdout)

    check("users and result, by Ruby's net-ldap", by_ruby(
        f'users = ldap.search(filter: "{USERS}"); print [users.size, ldap.get_operation_result.message].to_json'), [7, "Size Limit Exceeded"])
    for method, expected in ("eq", ["A*", "AB"]), ("equals", ["A*"]):
        check(f'groups by Filter.{method}("cn", "A*")', by_ruby(
            f'print ldap.search(filter: Net::LDAP::Filter.{method}("cn", "A*")).map {{ |group| group.cn.first }}.sort.to_json'), expected)
    PERL = """use Net::LDAP; my $ldap = Net::LDAP->new($ARGV[0]) or die $@; $ldap->bind;
        my $found = $ldap->search(base => $ARGV[1], filter => "(cn=R&D)"); my $member = ($found->entries)[0]->get_value("member");
        my $users = $ldap->search(base => $ARGV[1], filter => "(objectClass=inetOrgPerson)");
        print join "|", $member, scalar $users->entries, $users->error;"""
    check("a member of two, users and result, by Perl's Net::LDAP", subprocess.run(
        ["perl", f"-I{usr}/share/perl5", "-e", PERL, address, BASE], capture_output=True, text=True, check=True).stdout.split("|"),
        [f"uid=user1,{BASE}", "5", "Sizelimit exceeded"])
    done = subprocess.run([f"{usr}/bin/ldapsearch", "-x", "-LLL", "-H", address, "-b", BASE, USERS, "uid"], capture_output=True, text=True,
                          env=environment)
    check("users and status, by ldapsearch", (done.stdout.count("dn: uid"), done.returncode), (5, 4))
finally:
    server.terminate()
    server.wait(60)
sys.exit(failed)
PYTHON
