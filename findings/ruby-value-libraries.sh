#!/usr/bin/env bash
# Do Ruby's libraries that patch, merge, compare and read values keep the values of an Okta user?
#
# Versions, of Debian 12: hana 1.3.6 (JSON Patch), deep_merge 1.1.1, hashdiff 1.0.1, hashie 5.0.0, jsonpath 1.1.0, iso8601 0.13.0;
# Ruby 3.1.2. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: As in RFC 6902: `test` of a missing member and `replace` after the end of a list are errors, a copy is a second value,
# and a patch that fails changes nothing. A merge with null clears a value. A difference that a library finds can be applied.
# Seen, without an error unless stated:
# - hana: `test` with null passes for a missing member. `replace` of index 3 in a list of one group adds two nulls. A copied
#   object is the same object, so a change of the copy changes the original. Two users to whom one patch is applied share its
#   list, with each member twice. After a failed `test`, the earlier operations stay applied.
# - deep_merge: null and an empty list clear nothing, lists are united, and duplicates disappear. `deep_merge` without ! returns
#   the old value.
# - hashdiff cannot apply its own difference of a SCIM extension, whose name has a dot: NoMethodError.
# - hashie: Mash reads the members `default`, `count`, `zip` and `size` as methods of Hash: nil instead of true, and 4 instead of
#   3. It writes a warning. `title?` is false for a title that is false or null. Dash replaces null by the default.
# - jsonpath finds nobody by `== null` or by a negation, and finds the number 10 by the text '10'.
# - iso8601 writes .123 seconds as .1, rounds .999 up to the next second, reads a time without a zone as UTC, and refuses P0.5D.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download ruby-hana ruby-deep-merge ruby-hashdiff ruby-hashie ruby-jsonpath \
    ruby-multi-json ruby-to-regexp ruby-iso8601 ruby3.1 libruby3.1 libyaml-0-2 libffi8 libgmp10 libreadline8
for version in ruby-hana_1.3.6 ruby-deep-merge_1.1.1 ruby-hashdiff_1.0.1 ruby-hashie_5.0.0 ruby-jsonpath_1.1.0 \
    ruby-iso8601_0.13.0; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
    echo "$version"
done
for package in *.deb; do dpkg -x "$package" root; done
cat >main.rb <<'RUBY'
require "json"
require "logger"
require "deep_merge"
require "hana"
require "hashdiff"
require "hashie"
require "iso8601"
require "jsonpath"

$failed = false
Hashie.logger = Logger.new(nil)

def check(what, expected)
  seen = begin
    yield
  rescue StandardError => error
    error.class.name
  end
  puts "#{what}: #{JSON.generate(seen)}"
  return if JSON.generate(seen) == JSON.generate(expected)
  $failed = true
  warn "  changed: expected #{JSON.generate(expected)}"
end

def patch(document, *operations)
  Hana::Patch.new(operations).apply(document)
end

check("hana, test of null for a missing member", {}) { patch({}, {"op" => "test", "path" => "/title", "value" => nil}) }
check("hana, test of another value", "Hana::Patch::FailedTestException") do
  patch({"title" => "a"}, {"op" => "test", "path" => "/title", "value" => "b"})
end
check("hana, replace after the end of a list", {"groups" => ["a", nil, nil, "b"]}) do
  patch({"groups" => ["a"]}, {"op" => "replace", "path" => "/groups/3", "value" => "b"})
end
check("hana, a change of a copy", {"a" => {"id" => 2}, "b" => {"id" => 2}}) do
  patch({"a" => {"id" => 1}}, {"op" => "copy", "from" => "/a", "path" => "/b"},
        {"op" => "replace", "path" => "/b/id", "value" => 2})
end
check("hana, one patch for two users", [{"groups" => ["x", "x"]}, {"groups" => ["x", "x"]}]) do
  shared = Hana::Patch.new([{"op" => "add", "path" => "/groups", "value" => []},
                            {"op" => "add", "path" => "/groups/-", "value" => "x"}])
  [shared.apply({}), shared.apply({})]
end
user = {"title" => "old"}
check("hana, a patch that fails", "Hana::Patch::FailedTestException") do
  patch(user, {"op" => "replace", "path" => "/title", "value" => "new"}, {"op" => "test", "path" => "/title", "value" => "other"})
end
check("hana, the user after it", {"title" => "new"}) { user }

check("deep_merge!, null", {"title" => "a"}) { {"title" => "a"}.deep_merge!({"title" => nil}) }
check("deep_merge!, an empty list", {"groups" => ["a"]}) { {"groups" => ["a"]}.deep_merge!({"groups" => []}) }
check("deep_merge!, a list", {"groups" => ["a", "b"]}) { {"groups" => ["a"]}.deep_merge!({"groups" => ["b"]}) }
check("deep_merge!, a list with two equal values", {"list" => [1]}) { {"list" => [1, 1]}.deep_merge!({"list" => [1]}) }
check("deep_merge, another value", {"title" => "a"}) { {"title" => "a"}.deep_merge({"title" => "b"}) }
check("deep_merge!, another value", {"title" => "b"}) { {"title" => "a"}.deep_merge!({"title" => "b"}) }

name = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
check("hashdiff, a difference", {"profile" => {"title" => "b"}}) do
  one = {"profile" => {"title" => "a"}}
  Hashdiff.patch!(one, Hashdiff.diff(one, {"profile" => {"title" => "b"}}))
end
check("hashdiff, a difference of an extension", "NoMethodError") do
  one = {name => {"department" => "a"}}
  Hashdiff.patch!(one, Hashdiff.diff(one, {name => {"department" => "b"}}))
end

mash = Hashie::Mash.new("default" => true, "count" => 3, "size" => "L", "title" => false)
check("Mash, default, count, size", [nil, 4, 4]) { [mash.default, mash.count, mash.size] }
check("Mash, title?, and title? of null", [false, false]) { [mash.title?, Hashie::Mash.new("title" => nil).title?] }
check("Mash, zip is the text", false) { Hashie::Mash.new("zip" => "94107").zip == "94107" }
profile = Class.new(Hashie::Dash) { property :title, default: "none" }
check("Dash, null", {"title" => "none"}) { profile.new(title: nil).to_h }

users = JSON.generate([{"id" => "1", "title" => nil, "badge" => 10}, {"id" => "2", "title" => "a", "badge" => 9}])
{"$[?(@.badge > 9)].id" => ["1"], "$[?(@.title == null)].id" => [], "$[?(!@.title)].id" => [], "$[?(@.title)].id" => ["2"],
 "$[?(@.badge == '10')].id" => ["1"]}.each { |path, ids| check("jsonpath, #{path}", ids) { JsonPath.new(path).on(users) } }

{"2026-01-01T00:00:00.123Z" => "2026-01-01T00:00:00.1+00:00", "2026-06-01T00:00:00.999Z" => "2026-06-01T00:00:01+00:00",
 "2026-01-01T00:00:00" => "2026-01-01T00:00:00+00:00"}.each do |time, text|
  check("iso8601, #{time}", text) { ISO8601::DateTime.new(time).to_s }
end
{"PT0.5H" => 1800.0, "P0.5D" => "ISO8601::Errors::UnknownPattern"}.each do |text, seconds|
  check("iso8601, #{text}", seconds) { ISO8601::Duration.new(text).to_seconds }
end
exit($failed ? 1 : 0)
RUBY
usr=$folder/root/usr
libraries=$usr/lib/ruby/vendor_ruby:$usr/lib/ruby/3.1.0:$usr/lib/x86_64-linux-gnu/ruby/3.1.0
for library in "$usr"/share/rubygems-integration/all/gems/*/lib; do libraries=$libraries:$library; done
LANG=C.UTF-8 LD_LIBRARY_PATH=$usr/lib/x86_64-linux-gnu RUBYLIB=$libraries "$usr/bin/ruby3.1" --disable-gems main.rb
