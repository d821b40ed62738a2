#!/usr/bin/env bash
# Do libraries for JSON Schema in Ruby, PHP and Perl agree on the values of a profile?
#
# Versions, of Debian 12: json-schema 2.8.1 and json_schemer 0.2.18 for Ruby 3.1, justinrainbow/json-schema 5.2.12 for PHP 8.2,
# JSON::Validator 5.14 for Perl; CPython 3.11. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: Valid values pass, and a library that cannot read a schema raises an error. A validator does not change a valid value.
# Seen:
# - Ruby's json-schema reads a value that is a text as JSON. The badge "7" is refused as a text and passes as an integer. Each
#   value is refused by a schema of draft 6 or 7. `validate` returns false and raises no error.
# - json_schemer refuses 19.99 and 4.35 as multiples of 0.01, and accepts 1.1.
# - PHP's library refuses the URIs urn:ietf:params:scim:schemas:core:2.0:User and com.acme.app:/callback, a time with 9 digits after
#   the point, the number 12345678901234567890 and the expression a/b. It accepts February 30 in a time, and {"a":"1"} if the
#   allowed value is {"a":1}. Two objects with the same members in another order are different for it.
# - With its option for types it turns the valid text "7" into 7 and "true" into true, if a schema allows both types. If exactly one
#   may match (`oneOf`), it refuses "7".
# - JSON::Validator accepts the number 1 for the allowed text "1", and refuses the list [1, "1"] as a set.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download ruby-json-schema ruby-json-schemer ruby-addressable ruby-public-suffix ruby-hana \
    ruby-ecma-re-validator ruby-uri-template ruby-regexp-parser ruby3.1 libruby3.1 libyaml-0-2 libffi8 libgmp10 libcrypt1 \
    php-json-schema php8.2-cli php8.2-common libargon2-1 libsodium23 libpcre2-8-0 libedit2 libbsd0 libmd0 libxml2 libicu72 \
    libjson-validator-perl libmojolicious-perl libyaml-libyaml-perl openapi-specification libperl5.36 perl-base perl-modules-5.36
for version in ruby-json-schema_2.8.1- ruby-json-schemer_0.2.18- php-json-schema_5.2.12- libjson-validator-perl_5.14+; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
find root -xtype l -delete # Mojolicious refuses links to files of packages that are not here.
cat >values.rb <<'RUBY'
require "json"
require "json-schema"
require "json_schemer"
DRAFT = "http://json-schema.org/draft-0%d/schema#"
seen = JSON.parse(STDIN.read).map do |schema, value|
  whole = {"$schema" => DRAFT % 4, "type" => "object", "properties" => {"v" => schema}}
  [JSON::Validator.validate(whole, {"v" => value}), JSONSchemer.schema(whole).valid?({"v" => value})]
end
texts = %w[string integer].map { |type| JSON::Validator.validate({"$schema" => DRAFT % 4, "type" => type}, "7") }
drafts = [4, 6, 7].map { |draft| JSON::Validator.validate({"$schema" => DRAFT % draft, "type" => "object"}, {"title" => "Cook"}) }
print JSON.generate([seen, texts, drafts])
RUBY
cat >values.php <<'PHP'
<?php
spl_autoload_register(function ($name) {
    $file = getenv("PHP_LIBRARIES") . "/" . strtr($name, "\\", "/") . ".php";
    if (file_exists($file)) {
        require $file;
    }
});
use JsonSchema\Constraints\Constraint;
use JsonSchema\Validator;
$seen = [];
foreach (json_decode(stream_get_contents(STDIN)) as [$schema, $value]) {
    $row = [];
    foreach ([Constraint::CHECK_MODE_NORMAL, Constraint::CHECK_MODE_NORMAL | Constraint::CHECK_MODE_COERCE_TYPES] as $mode) {
        $object = (object) ["v" => $value];
        $validator = new Validator();
        $validator->validate($object, (object) ["type" => "object", "properties" => (object) ["v" => $schema]], $mode);
        array_push($row, $validator->isValid(), $object->v);
    }
    $seen[] = $row;
}
echo json_encode($seen, JSON_PRESERVE_ZERO_FRACTION);
PHP
cat >values.pl <<'PERL'
use strict;
use Mojo::JSON qw(decode_json encode_json false true);
use JSON::Validator;
local $SIG{__WARN__} = sub { };
print encode_json([map {
    my ($schema, $value) = @$_;
    my $validator = JSON::Validator->new->schema(
        {'$schema' => "http://json-schema.org/draft-04/schema#", type => "object", properties => {v => $schema}});
    my @errors = $validator->schema->validate({v => $value});
    @errors ? false : true;
} @{decode_json(do { local $/; <STDIN> })}]);
PERL
python3 - "$folder/root/usr" <<'PYTHON'
import glob, json, os, subprocess, sys

usr, failed = sys.argv[1], False
YES, NO = True, False
TEXT, URI, TIME = {"type": "string"}, {"type": "string", "format": "uri"}, {"type": "string", "format": "date-time"}
# For each schema and value: json-schema and json_schemer for Ruby, PHP's library, and JSON::Validator.
CASES = [
    (TEXT, "7", (YES, YES, YES, YES)),
    ({"type": "integer"}, "7", (NO, NO, NO, NO)),
    ({"type": "number", "multipleOf": 0.01}, 1.1, (YES, YES, YES, YES)),
    ({"type": "number", "multipleOf": 0.01}, 19.99, (YES, NO, YES, YES)),
    ({"type": "number", "multipleOf": 0.01}, 4.35, (YES, NO, YES, YES)),
    (URI, "https://acme.okta.com/callback", (YES, YES, YES, YES)),
    (URI, "urn:ietf:params:scim:schemas:core:2.0:User", (YES, YES, NO, YES)),
    (URI, "com.acme.app:/callback", (YES, YES, NO, YES)),
    (TIME, "2026-11-30T10:00:00.000Z", (YES, YES, YES, YES)),
    (TIME, "2026-11-30T10:00:00.123456789Z", (YES, YES, NO, YES)),
    (TIME, "2026-02-30T10:00:00Z", (NO, NO, YES, NO)),
    ({"type": "integer"}, 12345678901234567890, (YES, YES, NO, YES)),
    ({"type": "string", "format": "regex"}, "a/b", (YES, YES, NO, YES)),
    ({"enum": ["1"]}, 1, (NO, NO, NO, YES)),
    ({"enum": [{"a": 1}]}, {"a": "1"}, (NO, NO, YES, NO)),
    ({"uniqueItems": True}, [1, "1"], (YES, YES, YES, NO)),
    ({"uniqueItems": True}, [{"a": 1, "b": 2}, {"b": 2, "a": 1}], (NO, NO, YES, NO)),
    ({"type": ["integer", "string"]}, "7", (YES, YES, YES, YES)),
    ({"anyOf": [{"type": "boolean"}, TEXT]}, "true", (YES, YES, YES, YES)),
    ({"oneOf": [TEXT, {"type": "integer"}]}, "7", (YES, YES, YES, YES)),
]
# With PHP's option for types: valid or not, and the value after it.
COERCED = {'["integer", "string"] "7"': (YES, 7), 'anyOf "true"': (YES, True), 'oneOf "7"': (NO, 7)}


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def run(*command, **variables):
    libraries = f"{usr}/lib/x86_64-linux-gnu:{usr}/../lib/x86_64-linux-gnu"
    result = subprocess.run(command, input=json.dumps([case[:2] for case in CASES]), capture_output=True, text=True,
                            env=os.environ | {"LD_LIBRARY_PATH": libraries, **variables})
    return json.loads(result.stdout) if result.returncode == 0 else sys.exit(result.stderr)


ruby = [*glob.glob(f"{usr}/share/rubygems-integration/all/gems/*/lib"), f"{usr}/lib/ruby/vendor_ruby", f"{usr}/lib/ruby/3.1.0",
        f"{usr}/lib/x86_64-linux-gnu/ruby/3.1.0"]
perl = [f"{usr}/{path}" for path in ("share/perl5", "lib/x86_64-linux-gnu/perl5/5.36", "share/perl/5.36",
                                     "lib/x86_64-linux-gnu/perl/5.36", "lib/x86_64-linux-gnu/perl-base")]
in_ruby, texts, drafts = run(f"{usr}/bin/ruby3.1", "--disable-gems", "values.rb", RUBYLIB=":".join(ruby), LANG="C.UTF-8")
in_php = run(f"{usr}/bin/php8.2", "-n", "values.php", PHP_LIBRARIES=f"{usr}/share/php")
in_perl = run(f"{usr}/bin/perl", "values.pl", PERL5LIB=":".join(perl))
print("json-schema, json_schemer, PHP's library, JSON::Validator")
for (schema, value, expected), of_ruby, of_php, of_perl in zip(CASES, in_ruby, in_php, in_perl):
    check(f"{json.dumps(schema)} {json.dumps(value)}", (*of_ruby, of_php[0], of_perl), expected)
for (what, expected), of_php in zip(COERCED.items(), in_php[-3:]):
    check(f"PHP's option for types, {what}", json.dumps(of_php[2:]), json.dumps(expected))
check("json-schema, the text \"7\" as a text and as an integer", texts, [NO, YES])
check("json-schema, an object by a schema of draft 4, 6 and 7", drafts, [YES, NO, NO])
sys.exit(failed)
PYTHON
