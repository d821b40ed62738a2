#!/usr/bin/env bash
# Does an export of users as LDIF or vCard keep their attributes, if a library writes it and another program reads it?
#
# Versions: ldif3 3.2.2, ldif 4.3.0, vobject 0.9.9, CPython 3.11; of Debian 12 net-ldap 0.17.0 for Ruby, and Net::LDAP 0.68 and
# Text::vCard 3.09 for Perl. Needs root for apt-get update; Debian's packages are unpacked and not installed.
# Expected: A text that is written is the same text when it is read. RFC 2849 writes a value as base64 if it begins or ends with a
# space, and begins a file with `version: 1`. RFC 2426 escapes commas, semicolons and line breaks.
# Seen:
# - ldif3 writes and reads no value in base64 with Python 3.9 or later: an AttributeError for "José", and for each file that has
#   one. The fork `ldif` does.
# - ldif3 and ldif drop a space at the end of a value, and net-ldap drops a space at the start. Net::LDAP keeps both.
# - ldif3 and ldif make three titles "A", "d" and "a" of the text "Ada", without an error. vobject writes the organization "Acme" as
#   A;c;m;e and the category "IT" as I,T.
# - ldif3 and ldif return `version: 1` and an empty line as an entry without a name, and refuse a change that replaces an attribute.
# - net-ldap keeps the last of two records of one name: an addition and a change of a user are only the change. It returns the change
#   as attributes of the user, named changetype, replace and add.
# - Text::vCard writes a line break of a title as a line break, and the second line is no property. It reads an escaped one as \n,
#   and two categories as one text, in which "Sales, EMEA" and IT cannot be separated.
# - vobject cannot write a time of UTC with Python's own time zone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libperl5.36 perl-base perl-modules-5.36 libnet-ldap-perl libconvert-asn1-perl \
    libtext-vcard-perl libmoo-perl libpath-tiny-perl libtext-vfile-asdata-perl libunicode-linebreak-perl liburi-perl libsombok3 \
    libthai0 libdatrie1 libclass-method-modifiers-perl librole-tiny-perl libsub-quote-perl libclass-accessor-chained-perl \
    libclass-accessor-perl libmime-charset-perl ruby-net-ldap ruby3.1 libruby3.1 libyaml-0-2 libffi8 libgmp10 libcrypt1
for version in libnet-ldap-perl_1%3a0.6800+ libtext-vcard-perl_3.09- ruby-net-ldap_0.17.0-; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ldif3==3.2.2 ldif==4.3.0 vobject==0.9.9 2>log || { cat log >&2; exit 1; }
cat >ldif.pl <<'PERL'
use strict;
use JSON::PP;
use Net::LDAP::LDIF;
use Net::LDAP::Entry;
my ($values, $files) = @{JSON::PP->new->decode(do { local $/; <STDIN> })};
sub entries {
    open my $input, "<", \$_[0] or die;
    my $reader = Net::LDAP::LDIF->new($input, "r", onerror => "die");
    my @entries;
    while (my $entry = $reader->read_entry) {
        push @entries, [$entry->dn, { map { $_ => $entry->get_value($_, asref => 1) } $entry->attributes }];
    }
    return \@entries;
}
sub again {
    my $text = "";
    open my $output, ">", \$text or die;
    my $writer = Net::LDAP::LDIF->new($output, "w");
    $writer->write_entry(Net::LDAP::Entry->new("cn=ada", title => $_[0]));
    $writer->done;
    return entries($text)->[0][1]{title};
}
my @again = map { my $value = $_; utf8::encode($value); again($value) } @$values;
print JSON::PP->new->canonical->latin1->encode([\@again, [map { entries($_) } @$files]]);
PERL
cat >ldif.rb <<'RUBY'
require "json"
require "stringio"
require "net/ldap"
values, files = JSON.parse(STDIN.read)
entries = ->(text) { Net::LDAP::Dataset.read_ldif(StringIO.new(text)).to_a }
again = lambda do |value|
  entry = Net::LDAP::Entry.new("cn=ada")
  entry[:title] = value
  entries.call(entry.to_ldif)[0][1][:title].map { |each| each.dup.force_encoding("UTF-8") }
end
print JSON.generate([values.map(&again), files.map(&entries)])
RUBY
cat >vcard.pl <<'PERL'
use strict;
use JSON::PP;
use Text::vCard::Addressbook;
sub read_card {
    my ($card) = Text::vCard::Addressbook->new({source_text => $_[0]})->vcards;
    return [map { my $nodes = $card->get($_); $nodes ? map { $_->value } @$nodes : () } "title", "categories"];
}
my $book = Text::vCard::Addressbook->new;
my $card = $book->add_vcard;
$card->fullname("Ada");
$card->title("R&D, EMEA\nLead");
print JSON::PP->new->encode([$book->export, read_card(do { local $/; <STDIN> })]);
PERL
venv/bin/python -W ignore - "$folder/root/usr" <<'PYTHON'
import datetime, io, json, os, subprocess, sys

import ldif, ldif3, vobject

usr = sys.argv[1]
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


def run(command, text):
    paths = [f"{usr}/{path}" for path in ("share/perl5", "lib/x86_64-linux-gnu/perl5/5.36", "share/perl/5.36",
                                          "lib/x86_64-linux-gnu/perl/5.36", "lib/x86_64-linux-gnu/perl-base")]
    rubies = [f"{usr}/{path}" for path in ("lib/ruby/vendor_ruby", "lib/ruby/3.1.0", "lib/x86_64-linux-gnu/ruby/3.1.0")]
    environment = os.environ | {"PERL5LIB": ":".join(paths), "RUBYLIB": ":".join(rubies),
                                "LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu:{usr}/../lib/x86_64-linux-gnu"}
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=True, env=environment)
    return json.loads(result.stdout)


def entries(library, text):
    return [[name, dict(values)] for name, values in library.LDIFParser(io.BytesIO(text.encode())).parse()]


def again(library, value):
    output = io.BytesIO()
    library.LDIFWriter(output).unparse("cn=ada", {"title": value})
    return entries(library, output.getvalue().decode())[0][1]["title"]


VALUES = [["Ada"], ["Ada "], [" Ada"], ["José"], ["R&D\nLead"]]
FILES = {
    "a version": "version: 1\n\ndn: cn=ada\ntitle: Lead\n",
    "a change": "dn: cn=ada\nchangetype: modify\nreplace: title\ntitle: Lead\n-\n",
    "two records": "dn: cn=ada\nchangetype: add\ntitle: Lead\nmail: ada@acme\n\ndn: cn=ada\nchangetype: modify\nadd: cn\ncn: Ada\n-\n",
}
BASE64 = "AttributeError"
check("ldif3, values", [attempt(again, ldif3, value) for value in VALUES], [["Ada"], ["Ada"], BASE64, BASE64, BASE64])
check("ldif, values", [attempt(again, ldif, value) for value in VALUES], [["Ada"], ["Ada"], [" Ada"], ["José"], ["R&D\nLead"]])
check("ldif3 and ldif, a text for a list", [again(library, "Ada") for library in (ldif3, ldif)], [["A", "d", "a"]] * 2)
check("ldif3, a file with base64", attempt(entries, ldif3, "dn: cn=ada\ntitle:: Sm9zw6k=\n"), BASE64)
for library in ldif3, ldif:
    check(f"{library.__name__}, {', '.join(FILES)}", [attempt(entries, library, text) for text in FILES.values()],
          [[[None, {}], ["cn=ada", {"title": ["Lead"]}]], "ValueError", "ValueError"])
question = json.dumps([[value[0] for value in VALUES], list(FILES.values())])
values, files = run([f"{usr}/bin/ruby3.1", "--disable-gems", "ldif.rb"], question)
check("net-ldap, values", values, [["Ada"], ["Ada "], ["Ada"], ["José"], ["R&D\nLead"]])
check("net-ldap, files", files, [
    [["cn=ada", {"title": ["Lead"]}]],
    [["cn=ada", {"changetype": ["modify"], "replace": ["title"], "title": ["Lead"]}]],
    [["cn=ada", {"changetype": ["modify"], "add": ["cn"], "cn": ["Ada"]}]]])
values, files = run([f"{usr}/bin/perl", "ldif.pl"], question)
check("Net::LDAP, values", values, [["Ada"], ["Ada "], [" Ada"], ["José"], ["R&D\nLead"]])
check("Net::LDAP, files", files, [
    [["cn=ada", {"title": ["Lead"]}]],
    [["cn=ada", {"title": ["Lead"]}]],
    [["cn=ada", {"title": ["Lead"], "mail": ["ada@acme"]}], ["cn=ada", {"cn": ["Ada"]}]]])


def card(**values):
    made = vobject.vCard()
    made.add("fn").value = "Ada"
    made.add("n").value = vobject.vcard.Name("Ada")
    for name, value in values.items():
        made.add(name).value = value
    return [line for line in made.serialize().splitlines() if line.split(":")[0].lower() in values]


check("vobject, texts", card(org="Acme", categories="IT"), ["CATEGORIES:I,T", "ORG:A;c;m;e"])
check("vobject, lists", card(org=["Acme"], categories=["Sales, EMEA", "IT"]), ["CATEGORIES:Sales\\, EMEA,IT", "ORG:Acme"])
written, read = run([f"{usr}/bin/perl", "vcard.pl"],
                    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nTITLE:R&D\\, EMEA\\nLead\r\nCATEGORIES:Sales\\, EMEA,IT\r\nEND:VCARD\r\n")
check("Text::vCard, a title and categories that it reads", read, ["R&D, EMEA\\nLead", "Sales, EMEA,IT"])
check("  lines of a title that it writes", written.splitlines()[2:-1], ["TITLE:R&D\\, EMEA", "Lead"])
same = vobject.readOne("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nTITLE:R&D\\, EMEA\\nLead\r\nCATEGORIES:Sales\\, EMEA,IT\r\nEND:VCARD\r\n")
check("vobject, the same", [same.title.value, same.categories.value], ["R&D, EMEA\nLead", ["Sales, EMEA", "IT"]])
calendar = vobject.iCalendar()
calendar.add("vevent").add("dtstart").value = datetime.datetime(2026, 11, 30, 10, tzinfo=datetime.timezone.utc)
check("vobject, a time of UTC", attempt(calendar.serialize), "VObjectError")
sys.exit(failed)
PYTHON
