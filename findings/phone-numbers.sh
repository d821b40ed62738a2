#!/usr/bin/env bash
# Does the phone number of a user stay the same number when a program reads, stores and writes it?
#
# Versions: phonenumbers 9.0.43, pydantic-extra-types 2.11.1 with pydantic 2.14.4, django-phonenumber-field 9.0.0 with Django 5.2.19,
# SQLAlchemy-Utils 0.43.0 with SQLAlchemy 2.0.54, phone-iso3166 0.4.1, CPython 3.11; of Debian 12 phonenumbers 8.12.57 for Python and
# Number::Phone 3.9001 for Perl. Needs root for apt-get update; Debian's packages are unpacked and not installed.
# Expected: Okta's profile has phone numbers as texts of any form. Its document uses 555-415-1337 and +1-555-415-1337 in samples. A
# library returns the same number with its extension, or an error.
# Seen:
# - pydantic and Django refuse the document's own samples as invalid numbers. A whole page of users fails for one such number.
# - An extension is lost without an error: pydantic writes +49 30 123456 ext. 12 as +4930123456 in the form E164, and Django does
#   so by default. Number::Phone makes the number +49 30 12345612 of it.
# - For Django the number with the extension equals the number without it. For pydantic and SQLAlchemy-Utils it does not.
# - The text of an SQLAlchemy-Utils number has no country: +49 30 123456 becomes 030 123456, which is read again as +1 030123456 in
#   the United States.
# - pydantic writes tel:+49-30-123456, which an update sends to the org.
# - phonenumbers adds the word in "+1 415 555 2671 (office)" to the number as digits: +14155552671633423. It parses, and
#   `is_possible_number` says no. SQLAlchemy-Utils stores it. Perl ignores the word.
# - phone-iso3166 says that 555-415-1337 is of Brazil.
# - Debian's phonenumbers, of 2022, refuses the United States' newer area codes and the numbers of Benin, and accepts Benin's and
#   Mexico's old ones. The newer version does the opposite.
# - Number::Phone says that the country of +44 is UK, and Number::Phone::Lib says GB. The first accepts the sample, and the second
#   does not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download python3-phonenumbers libnumber-phone-perl libdbm-deep-perl libfile-sharedir-perl \
    libclass-inspector-perl libscalar-list-utils-perl libperl5.36 perl-base perl-modules-5.36
for version in python3-phonenumbers_8.12.57- libnumber-phone-perl_3.9001-; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check phonenumbers==9.0.43 pydantic-extra-types==2.11.1 pydantic==2.14.4 \
    django-phonenumber-field==9.0.0 django==5.2.19 sqlalchemy-utils==0.43.0 sqlalchemy==2.0.54 phone-iso3166==0.4.1 \
    2>log || { cat log >&2; exit 1; }
cat >valid.py <<'PYTHON'
import json, sys, phonenumbers

print(json.dumps([phonenumbers.is_valid_number(phonenumbers.parse(text)) for text in sys.argv[1:]]))
PYTHON
cat >numbers.pl <<'PERL'
use strict;
use JSON::PP;
use Number::Phone;
use Number::Phone::Lib;
my $json = JSON::PP->new->canonical;
my %seen;
for my $kind ("Number::Phone", "Number::Phone::Lib") {
    $seen{$kind} = [map { my $number = $kind->new($_); $number ? [$number->format, $number->country] : undef } @ARGV];
}
print $json->encode(\%seen);
PERL
venv/bin/python -W ignore - "$folder/root/usr" <<'PYTHON'
import json, os, subprocess, sys
from typing import Annotated

import django, phonenumbers, pydantic, sqlalchemy
from django.conf import settings
from phone_iso3166.country import phone_country
from pydantic_extra_types.phone_numbers import PhoneNumber, PhoneNumberValidator
from sqlalchemy_utils import PhoneNumber as StoredNumber, PhoneNumberType

settings.configure(PHONENUMBER_DEFAULT_REGION="US")
django.setup()
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber as DjangoNumber

usr = sys.argv[1]
LOCAL, SAMPLE, EXTENSION, WORD = "555-415-1337", "+1-555-415-1337", "+49 30 123456 ext. 12", "+1 415 555 2671 (office)"
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


def run(command, **environment):
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | environment).stdout)


class User(pydantic.BaseModel):
    mobilePhone: PhoneNumber


class E164User(pydantic.BaseModel):
    mobilePhone: Annotated[str, PhoneNumberValidator(number_format="E164", default_region="US")]


def by_pydantic(text, model=User):
    return model(mobilePhone=text).model_dump()["mobilePhone"]


def by_django(text):
    return str(PhoneNumberField().clean(text))


table = sqlalchemy.Table("users", sqlalchemy.MetaData(), sqlalchemy.Column("phone", PhoneNumberType(region="US")))


def by_database(text):
    engine = sqlalchemy.create_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert().values(phone=text))
        number = connection.execute(sqlalchemy.select(table)).scalar_one()
        return [number.e164, number.extension, str(number)]


check("pydantic", [attempt(by_pydantic, text) for text in (LOCAL, SAMPLE, EXTENSION, WORD)],
      ["ValidationError", "ValidationError", "tel:+49-30-123456;ext=12", "ValidationError"])
check("pydantic, E164", [attempt(by_pydantic, text, E164User) for text in (LOCAL, SAMPLE, EXTENSION)],
      ["ValidationError", "ValidationError", "+4930123456"])
check("Django", [attempt(by_django, text) for text in (LOCAL, SAMPLE, EXTENSION, WORD)],
      ["ValidationError", "ValidationError", "+4930123456", "ValidationError"])
for text, expected in ((SAMPLE, ["+15554151337", None, "(555) 415-1337"]), (EXTENSION, ["+4930123456", "12", "030 123456 ext. 12"]),
                       (WORD, ["+14155552671633423", None, "4155552671633423"])):
    check(f"SQLAlchemy-Utils, {text}, from the database: E164, extension, text", by_database(text), expected)
check("  the text of the second, read again", StoredNumber("030 123456 ext. 12", "US").e164, "+1030123456")
PLAIN = "+49 30 123456"
check("with the extension == without it: pydantic, Django, SQLAlchemy-Utils",
      [User(mobilePhone=EXTENSION) == User(mobilePhone=PLAIN), DjangoNumber.from_string(EXTENSION) == DjangoNumber.from_string(PLAIN),
       StoredNumber(EXTENSION) == StoredNumber(PLAIN)], [False, True, False])
number = phonenumbers.parse(WORD)
E164 = phonenumbers.PhoneNumberFormat.E164
check("phonenumbers, a word", [phonenumbers.format_number(number, E164), phonenumbers.is_possible_number(number)], ["+14155552671633423", False])
check("phone-iso3166, the sample and the same with the country", [attempt(phone_country, text) for text in (LOCAL, SAMPLE)], ["BR", "InvalidPhone"])
NUMBERS = ["+12575550123", "+18355552671", "+2290160123456", "+22960123456", "+5215512345678"]
check(f"valid of {', '.join(NUMBERS)}: 9.0.43", run([sys.executable, "valid.py", *NUMBERS]), [True, True, True, False, False])
check("  8.12.57 of Debian", run([sys.executable, "valid.py", *NUMBERS], PYTHONPATH=f"{usr}/lib/python3/dist-packages"),
      [False, False, False, True, True])
perl = run([f"{usr}/bin/perl", "numbers.pl", SAMPLE, EXTENSION, WORD, "+44 20 7946 0958"],
           LD_LIBRARY_PATH=f"{usr}/lib/x86_64-linux-gnu", PERL5LIB=":".join(
    f"{usr}/{path}" for path in ("share/perl5", "lib/x86_64-linux-gnu/perl5/5.36", "share/perl/5.36",
                                 "lib/x86_64-linux-gnu/perl/5.36", "lib/x86_64-linux-gnu/perl-base")))
check("Number::Phone", perl["Number::Phone"], [["+1 555 415 1337", None], ["+49 30 12345612", "DE"], ["+1 415 555 2671", "US"],
                                               ["+44 20 7946 0958", "UK"]])
check("Number::Phone::Lib", perl["Number::Phone::Lib"], [None, ["+49 30 12345612", "DE"], ["+1 415 555 2671", "US"], ["+44 20 7946 0958", "GB"]])
sys.exit(failed)
PYTHON
